package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.table.OnForeignCommit;
import java.util.List;
import java.util.function.Function;

/// Tables that are ingested by whatever the test says.
record FakeKind(String type, Function<Schedule, Task> work) implements TaskKind {
    private static final List<String> KEYS = List.of("type", "dsn", "table", "dataset_name");

    static FakeKind idle(String type) {
        return new FakeKind(type, _ -> _ -> TaskResult.unchanged("nothing to do"));
    }

    @Override
    public void validate(JsonNode kind) {
        Fields fields = Fields.of("kind", kind, KEYS);
        fields.text("table");
        Names.require("dataset", dataset(kind));
    }

    @Override
    public String taskName(JsonNode kind) {
        return "ingest:" + dataset(kind);
    }

    private static String dataset(JsonNode kind) {
        return kind.hasNonNull("dataset_name")
                ? kind.get("dataset_name").textValue()
                : kind.get("table").textValue();
    }

    @Override
    public String label(JsonNode kind) {
        return type + ":" + kind.get("table").textValue();
    }

    @Override
    public String targetPath(String taskName) {
        return "datasets/" + taskName.substring("ingest:".length());
    }

    @Override
    public String role() {
        return "ingest";
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
