package dev.freshet.bench;

import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.control.TaskRow;
import dev.freshet.host.Host;
import dev.freshet.schedule.Ledger;
import dev.freshet.schedule.RunRecord;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// How many due tasks real processes start on a lake on the local disk. All tasks are due when the processes come up
/// and not again; what is counted is in the ledger, from the first start to the last. The processes compile quickly
/// rather than well, or on few processors the figure would be about the compilers of so many new processes.
public final class StartsRun {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double MINUTE = 60;

    private final Host host;
    private final int processes;
    private final int tasks;
    private double perMinute;
    private Map<String, Long> byPod = Map.of();

    StartsRun(Host host, int processes, int tasks) {
        this.host = host;
        this.processes = processes;
        this.tasks = tasks;
    }

    /// @param arguments the project's folder, how many processes (8) and tasks (6000)
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int processes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
        int tasks = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 6000;
        StartsRun run = new StartsRun(Host.system(), processes, tasks);
        run.run();
        System.out.println(String.format(
                Locale.ROOT,
                "{\"processes\":%d,\"due_tasks\":%d,\"starts_per_minute\":%.0f,\"starts_per_commit_at_100ms\":%.0f}",
                processes,
                tasks,
                run.perMinute,
                SlowStartsRun.startsPerCommit(run.host)));
    }

    void run() throws IOException, InterruptedException {
        Path lake = Files.createTempDirectory("freshet-bench-");
        try (Store store = LocalStore.open(lake)) {
            for (int i = 0; i < tasks; i++) {
                Path file = lake.resolve(NoOps.key(i));
                Files.createDirectories(file.getParent());
                Files.write(file, NoOps.definition(i));
            }
            serve(lake, store);
            judge(new Ledger(store, host).runs());
        } finally {
            Folders.delete(lake);
        }
    }

    private void serve(Path lake, Store store) throws IOException, InterruptedException {
        List<Process> running = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                running.add(start(lake, "pod" + i));
            }
            ControlTable control = new ControlTable(store, host, Pod.named("observer", host));
            long end = host.nanos() + PATIENCE.toNanos();
            for (long ran = 0; ran < tasks; ran = ran(control)) {
                if (host.nanos() - end > 0) {
                    throw new IllegalStateException("only " + ran + " of " + tasks + " tasks ran in " + PATIENCE);
                }
                System.err.println("starts: " + ran + " of " + tasks);
                host.sleep(LOOK);
            }
        } finally {
            for (Process process : running) {
                process.getOutputStream().close();
            }
            for (Process process : running) {
                process.waitFor();
            }
        }
    }

    private static long ran(ControlTable control) {
        return control.rows().stream().mapToLong(TaskRow::runCount).sum();
    }

    private static Process start(Path lake, String pod) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        List<String> options = Stream.of(
                        System.getProperty("freshet.bench.options", "").split(" "))
                .filter(option -> !option.isEmpty())
                .map(option -> option.replace("%p", pod))
                .toList();
        List<String> command =
                new ArrayList<>(List.of(java, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of(
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                StartsProcess.class.getName(),
                lake.toString(),
                pod));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Every task is in the ledger once, or the figure is worth nothing.
    private void judge(List<RunRecord> runs) {
        long accounted = runs.stream().map(RunRecord::task).distinct().count();
        if (accounted != tasks || runs.size() != tasks) {
            throw new IllegalStateException(
                    runs.size() + " records of " + accounted + " tasks are in the ledger, and " + tasks + " were due");
        }
        Instant first =
                runs.stream().map(RunRecord::startedAt).min(Instant::compareTo).orElseThrow();
        Instant last =
                runs.stream().map(RunRecord::startedAt).max(Instant::compareTo).orElseThrow();
        perMinute = tasks
                * MINUTE
                * 1000
                / Math.max(1, Duration.between(first, last).toMillis());
        byPod = new TreeMap<>();
        runs.forEach(run -> byPod.merge(run.podId(), 1L, Long::sum));
        System.err.println("starts: by pod " + byPod);
    }

    void into(Map<String, Object> figures) {
        figures.put("processes", processes);
        figures.put("due_tasks", tasks);
        figures.put("starts_per_minute", Math.round(perMinute));
    }
}
