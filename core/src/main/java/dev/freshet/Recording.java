package dev.freshet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.error.FreshetException;
import dev.freshet.event.Event;
import dev.freshet.event.EventRecorder;
import dev.freshet.event.EventType;
import dev.freshet.event.FullPolicy;
import dev.freshet.event.RecorderOptions;
import dev.freshet.event.Unstored;
import dev.freshet.host.Host;
import dev.freshet.schedule.RunListener;
import dev.freshet.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The recorders of one process on one lake, and what Freshet records of itself. Its own recorder is opened by
/// the first event, so that whoever records nothing pays nothing. Safe for use by many threads.
final class Recording {
    /// A command does not make its user wait for longer when the lake fails; the rest stays on this machine's disk.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// When the lake is only slow.
    private static final Duration MORE_PATIENCE = Duration.ofSeconds(7);

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    private final Path lake;
    private final Store store;
    private final Host host;
    private final ControlTable control;
    private final FreshetOptions options;
    private final AtomicReference<@Nullable EventRecorder> own = new AtomicReference<>();
    private boolean closed;

    Recording(Path lake, Store store, Host host, ControlTable control, FreshetOptions options) {
        this.lake = lake;
        this.store = store;
        this.host = host;
        this.control = control;
        this.options = options;
    }

    EventRecorder open() {
        RecorderOptions events = options.events();
        if (events.whenFull() instanceof FullPolicy.Spill(var folder, var mostBytes)) {
            events = events.withWhenFull(new FullPolicy.Spill(folder.resolve(lakeId()), mostBytes));
        }
        return EventRecorder.open(store, host, control.as(Pod.named(podId(), host)), events);
    }

    private String podId() {
        return control.pod().id();
    }

    private String lakeId() {
        String place = lake.toAbsolutePath().normalize().toString();
        return UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /// The listener, and what it hears as events, unless own life is not recorded.
    RunListener heard(RunListener listener) {
        return heard(listener, () -> {});
    }

    /// The same for a run that somebody waits for: its events are stored while it is released.
    RunListener heardAtOnce(RunListener listener) {
        return heard(listener, this::hurry);
    }

    private RunListener heard(RunListener listener, Runnable runTold) {
        return options.ownLife() ? new LifeEvents(listener, this::record, runTold) : listener;
    }

    private void hurry() {
        EventRecorder recorder = own.get();
        if (recorder != null) {
            recorder.hurry();
        }
    }

    /// Somebody changed what Freshet shall do.
    ///
    /// @param what such as `applied`
    /// @param id of the definition
    void changed(String what, String id, @Nullable Long version) {
        if (options.ownLife()) {
            record(
                    EventType.CONFIGURATION_CHANGED,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("change", what)
                            .put("id", id)
                            .put("version", version)
                            .put("by", options.user()));
        }
    }

    /// Work never fails because it cannot be told.
    private void record(EventType type, ObjectNode payload) {
        try {
            EventRecorder recorder = recorder();
            if (recorder != null) {
                var _ = recorder.record(Event.of(type.text())
                        .payload(payload.put("pod_id", podId()).toString()));
            }
        } catch (FreshetException e) {
            LOG.warn("an event of type {} is not recorded: {}", type.text(), e.getMessage());
        }
    }

    private synchronized @Nullable EventRecorder recorder() {
        if (own.get() == null && !closed) {
            own.set(open());
        }
        return own.get();
    }

    void close() {
        EventRecorder recorder = last();
        if (recorder == null) return;
        boolean slow = !isFlushed(recorder) && recorder.counts().failures() == 0;
        Unstored rest = recorder.close(slow ? MORE_PATIENCE : Duration.ZERO);
        rest.spilled()
                .forEach((table, count) -> LOG.info(
                        "{} events of table {} wait on this machine's disk for the next process here", count, table));
        long lost = recorder.counts().dropped() + recorder.counts().lostLater();
        if (lost > 0) {
            LOG.warn("{} events of Freshet's own life were dropped", lost);
        }
    }

    private static boolean isFlushed(EventRecorder recorder) {
        try {
            return recorder.flush(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private synchronized @Nullable EventRecorder last() {
        closed = true;
        return own.get();
    }
}
