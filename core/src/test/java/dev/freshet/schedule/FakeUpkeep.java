package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.table.OnForeignCommit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// The maintenance of those tables that the test names, every hour, and what it implies.
final class FakeUpkeep implements TaskKind, ImpliedDefinitions {
    final List<String> tables = new CopyOnWriteArrayList<>();
    final List<String> maintained = new CopyOnWriteArrayList<>();

    @Override
    public List<String> ids() {
        return tables.stream().map(table -> "maintain:" + table).toList();
    }

    @Override
    public Optional<JsonNode> definition(String id) {
        return Optional.of(id)
                .filter(ids()::contains)
                .map(known -> TestLake.json("{'id':'" + id + "','kind':{'type':'maintain','table':'"
                        + id.substring("maintain:".length()) + "'},'enabled':true," + TestLake.every(3600) + "}"));
    }

    @Override
    public String type() {
        return "maintain";
    }

    @Override
    public void validate(JsonNode kind) {
        Fields.of("kind", kind, List.of("type", "table")).text("table");
    }

    @Override
    public String taskName(JsonNode kind) {
        return "maintain:" + kind.path("table").asText();
    }

    @Override
    public String label(JsonNode kind) {
        return taskName(kind);
    }

    @Override
    public String targetPath(String taskName) {
        return "upkeep/" + taskName.substring("maintain:".length());
    }

    @Override
    public String role() {
        return "maintain";
    }

    @Override
    public OnForeignCommit onForeignCommit(JsonNode kind) {
        return OnForeignCommit.PROCEED;
    }

    @Override
    public Task create(Schedule schedule) {
        return _ -> {
            maintained.add(schedule.kind().path("table").asText());
            return TaskResult.unchanged("nothing to do");
        };
    }
}
