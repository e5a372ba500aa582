package dev.freshet.bench;

import dev.freshet.event.Acceptance;
import dev.freshet.event.Event;
import dev.freshet.event.EventRecorder;
import dev.freshet.event.RecorderOptions;
import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.nio.file.Path;
import java.time.Duration;

/// One process of [EventKills]: records events until it is killed, and says of which it was told that they are in the
/// lake, or accepted.
final class EventsProcess {
    private static final int CALLERS = 8;

    private EventsProcess() {}

    /// @param arguments a folder for lake and spill, and the process's name
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[0]);
        String name = arguments[1];
        Host host = Host.system();
        try (Store store = LocalStore.open(folder.resolve("lake"));
                EventRecorder recorder =
                        EventRecorder.open(store, host, name, RecorderOptions.spillingTo(folder.resolve("spill")))) {
            for (int i = 0; i < CALLERS; i++) {
                String id = name + "-d" + i + "-";
                var _ = host.start(id, () -> durably(recorder, id));
            }
            for (long n = 0; ; n++) {
                String id = name + "-f" + n;
                if (recorder.record(Event.of(id)) == Acceptance.ACCEPTED) {
                    say(id);
                }
                host.sleep(Duration.ofMillis(1));
            }
        }
    }

    private static void durably(EventRecorder recorder, String id) {
        try {
            for (long n = 0; ; n++) {
                var _ = recorder.recordDurably(Event.of(id + n));
                say(id + n);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String id) {
        System.out.print(id + "\n");
        System.out.flush();
    }
}
