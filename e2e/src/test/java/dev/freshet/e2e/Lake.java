package dev.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A lake as a stranger sees it, without any code of Freshet's: Delta logs, and the files that they name.
record Lake(Path root) {
    DeltaFolder dataset(String name) {
        return new DeltaFolder(root.resolve("datasets").resolve(name));
    }

    /// The run ledger, the oldest first; empty as long as there is none. Who takes over from a dead process may record
    /// its run once more: as the protocol says, readers take one record of each run, the adopter's rather.
    List<JsonNode> runs() {
        Map<String, JsonNode> once = new LinkedHashMap<>();
        records().forEach(run -> once.put(run.path("run_id").asText() + run.path("missed_from"), run));
        return once.values().stream()
                .sorted(Comparator.comparing(run -> run.path("finished_at").asText()))
                .toList();
    }

    Stream<JsonNode> runs(String schedule) {
        return runs().stream().filter(run -> run.path("schedule").asText().equals(schedule));
    }

    /// Everything that was ever written into the ledger.
    List<JsonNode> records() {
        return objects("_freshet/runs", "adopted, finished_at");
    }

    /// The runs that settled a due time of a schedule by doing its work, in the order of their due times.
    List<JsonNode> succeeded(String schedule) {
        return runs(schedule)
                .sorted(Comparator.comparing(run -> run.path("due_at").asText()))
                .filter(run -> run.path("outcome").asText().equals("succeeded"))
                .toList();
    }

    /// The control table's rows.
    List<JsonNode> tasks() {
        return objects("_freshet/control", "task_name");
    }

    /// The pod that works on a dataset now; empty if none does.
    String worker(String dataset) {
        return tasks().stream()
                .filter(task -> task.path("task_name").asText().equals("ingest:" + dataset))
                .filter(task -> task.path("status").asText().equals("processing"))
                .map(task -> task.path("pod_id").asText())
                .findFirst()
                .orElse("");
    }

    private List<JsonNode> objects(String table, String order) {
        DeltaFolder folder = new DeltaFolder(root.resolve(table));
        return Files.isDirectory(folder.log()) ? folder.objects("ORDER BY " + order) : List.of();
    }
}
