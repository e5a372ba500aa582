package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.table.OnForeignCommit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tables that are made from datasets by whatever the test says.
record FakeRollup(Function<Schedule, Task> work) implements TaskKind {
    private static final List<String> KEYS = List.of("type", "rollup", "source");

    @Override
    public String type() {
        return "rollup";
    }

    @Override
    public void validate(JsonNode kind) {
        Fields.of("rollup '" + kind.path("rollup").asText() + "'", kind, KEYS).text("source");
    }

    @Override
    public String taskName(JsonNode kind) {
        return "rollup:" + kind.path("rollup").asText();
    }

    @Override
    public String label(JsonNode kind) {
        return taskName(kind);
    }

    @Override
    public String targetPath(String taskName) {
        return "rollups/" + taskName.substring("rollup:".length());
    }

    @Override
    public String role() {
        return "rollup";
    }

    @Override
    public Optional<String> follows(JsonNode kind) {
        return Optional.of("datasets/" + kind.path("source").asText());
    }

    @Override
    public OnForeignCommit onForeignCommit(JsonNode kind) {
        return OnForeignCommit.PROCEED;
    }

    @Override
    public Task create(Schedule schedule) {
        return work.apply(schedule);
    }
}
