package dev.freshet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.host.Host;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.Runner;
import dev.freshet.schedule.RunnerOptions;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Schedules;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskKind;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.Store;
import dev.freshet.table.OnForeignCommit;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Work that is over as soon as it has begun, and runners that do it.
final class NoOps implements TaskKind {
    /// Places of each process.
    static final int PLACES = 100;

    /// The definition of a task that is due at once and then for an hour no more.
    static String key(int number) {
        return "_freshet/schedules/n%05d/0.json".formatted(number);
    }

    static byte[] definition(int number) {
        return """
                {"id": "n%05d", "enabled": true, "kind": {"type": "noop", "name": "n%05d"},
                 "trigger": {"type": "interval", "secs": 3600}}
                """.formatted(number, number).getBytes(StandardCharsets.UTF_8);
    }

    static Runner runner(Store store, Host host, String pod, RunListener listener) {
        ControlTable control = new ControlTable(store, host, Pod.named(pod, host));
        Schedules schedules = new Schedules(store, host, control, List.of(new NoOps()));
        return new Runner(store, host, control, schedules, RunnerOptions.DEFAULT.withMaxRuns(PLACES), listener);
    }

    @Override
    public String type() {
        return "noop";
    }

    @Override
    public void validate(JsonNode kind) {}

    @Override
    public String taskName(JsonNode kind) {
        return "noop:" + kind.path("name").asText();
    }

    @Override
    public String label(JsonNode kind) {
        return taskName(kind);
    }

    @Override
    public String targetPath(String taskName) {
        return "datasets/" + taskName.substring("noop:".length());
    }

    @Override
    public String role() {
        return "noop";
    }

    @Override
    public OnForeignCommit onForeignCommit(JsonNode kind) {
        return OnForeignCommit.PROCEED;
    }

    @Override
    public Task create(Schedule schedule) {
        return _ -> TaskResult.unchanged("nothing to do");
    }
}
