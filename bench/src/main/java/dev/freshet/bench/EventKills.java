package dev.freshet.bench;

import dev.freshet.batch.Batch;
import dev.freshet.event.EventRecorder;
import dev.freshet.event.RecorderOptions;
import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Processes that record events until they are killed at a random moment, on one lake and one disk. What they said to
/// be acknowledged or accepted must be there once.
final class EventKills {
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final int LONGEST_LIFE_MILLIS = 1500;

    private final Host host;
    private final Set<String> told = new HashSet<>();
    private long lost;
    private long doubled;

    EventKills(Host host) {
        this.host = host;
    }

    void run(Path folder, int kills) throws IOException, InterruptedException {
        for (int i = 0; i < kills; i++) {
            live(folder, "p" + i);
        }
        try (Store store = LocalStore.open(folder.resolve("lake"))) {
            var recorder = EventRecorder.open(store, host, "last", RecorderOptions.spillingTo(folder.resolve("spill")));
            if (!recorder.close(Duration.ofMinutes(5)).isNothing()) {
                throw new IllegalStateException("what the dead left is not stored");
            }
            judge(store);
        }
    }

    private void live(Path folder, String name) throws IOException, InterruptedException {
        Path said = folder.resolve(name + ".said");
        Process process = start(folder, name, said);
        while (Files.size(said) == 0) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " did not come up");
            }
            host.sleep(LOOK);
        }
        host.sleep(Duration.ofMillis(host.random().nextInt(LONGEST_LIFE_MILLIS)));
        process.destroyForcibly().waitFor();
        String text = Files.readString(said);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(told::add);
        System.err.println("events: " + name + " is dead, " + told.size() + " events were acknowledged or accepted");
    }

    private static Process start(Path folder, String name, Path said) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        return new ProcessBuilder(List.of(
                        java,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EventsProcess.class.getName(),
                        folder.toString(),
                        name))
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void judge(Store store) {
        Map<String, Integer> there = new HashMap<>();
        Snapshot snapshot =
                new DeltaTable(store, "events/events", host).latest().orElseThrow();
        Batch batch = new Batch(snapshot.schema());
        try (TableScan scan = new TableScan(store, snapshot)) {
            while (scan.read(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    there.merge(batch.texts(0).text(row), 1, Integer::sum);
                }
            }
        }
        lost = told.stream().filter(id -> !there.containsKey(id)).count();
        doubled = there.values().stream().filter(times -> times > 1).count();
    }

    long acknowledged() {
        return told.size();
    }

    long lost() {
        return lost;
    }

    long doubled() {
        return doubled;
    }
}
