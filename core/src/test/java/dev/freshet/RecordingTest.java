package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.event.EventTail;
import dev.freshet.event.RecordedEvent;
import dev.freshet.host.Host;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a command records of itself, and what it costs the one who waits for the command.
@Timeout(60)
class RecordingTest {
    private final Host host = Host.system();
    private final Store lake = new MemoryStore(host);

    @TempDir
    private Path folder;

    @Test
    void aCommandDoesNotWaitForALakeThatDoesNotAnswerAndTheNextOneStoresItsEvents() {
        Recording command = recording(new Unreachable(lake));
        command.changed("created", "first", 0L);
        long start = host.nanos();
        command.close();
        assertThat(Duration.ofNanos(host.nanos() - start)).isLessThan(Duration.ofSeconds(9));

        EventTail tail = EventTail.open(lake, host, "events", Instant.EPOCH);
        List<RecordedEvent> stored = List.of();
        while (stored.isEmpty()) {
            Recording next = recording(lake);
            next.changed("created", "next", 0L);
            next.close();
            stored = tail.next();
        }

        assertThat(stored)
                .extracting(RecordedEvent::payload)
                .first()
                .asString()
                .contains("\"id\":\"first\"", "\"by\":\"");
    }

    private Recording recording(Store store) {
        Settings settings = Settings.read(Map.of("events.spill_folder", folder.toString()), Map.of(), folder);
        ControlTable control = new ControlTable(store, host, Pod.named("pod", host));
        return new Recording(folder.resolve("lake"), store, host, control, FreshetOptions.of(settings, Map.of()));
    }

    /// As if its network were gone.
    private static final class Unreachable extends InterceptedStore {
        Unreachable(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            throw StoreException.unknown("no network", null);
        }
    }
}
