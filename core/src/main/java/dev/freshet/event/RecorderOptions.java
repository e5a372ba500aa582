package dev.freshet.event;

import dev.freshet.table.FencedWrite;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// How an [EventRecorder] works. Immutable.
///
/// @param queue events of a table that wait in memory
/// @param timeToLive of tables that are created
/// @param eventTypes the only types that are recorded; empty for all of them, an empty set for none
/// @param durableTimeout how long `recordDurably` waits
/// @param vacuumAge how old a file is that vacuum deletes although no version names it; none half as old is committed
public record RecorderOptions(
        FullPolicy whenFull,
        QueueLimits queue,
        FlushTerms flush,
        TimeToLive timeToLive,
        Optional<Set<String>> eventTypes,
        Duration durableTimeout,
        Duration vacuumAge) {

    public RecorderOptions {
        eventTypes = eventTypes.map(types -> Collections.unmodifiableSet(new LinkedHashSet<>(types)));
        if (!durableTimeout.isPositive()) {
            throw new IllegalArgumentException("a durable event needs some time");
        }
    }

    /// The usual ones, with a spill in that folder.
    public static RecorderOptions spillingTo(Path folder) {
        return with(new FullPolicy.Spill(folder, FullPolicy.Spill.DEFAULT_BYTES));
    }

    /// The usual ones for another policy.
    public static RecorderOptions with(FullPolicy whenFull) {
        return new RecorderOptions(
                whenFull,
                QueueLimits.DEFAULT,
                FlushTerms.DEFAULT,
                TimeToLive.DEFAULT,
                Optional.empty(),
                Duration.ofMinutes(1),
                FencedWrite.VACUUM_AGE);
    }

    public RecorderOptions withWhenFull(FullPolicy newPolicy) {
        return new RecorderOptions(newPolicy, queue, flush, timeToLive, eventTypes, durableTimeout, vacuumAge);
    }

    public RecorderOptions withQueue(QueueLimits newQueue) {
        return new RecorderOptions(whenFull, newQueue, flush, timeToLive, eventTypes, durableTimeout, vacuumAge);
    }

    public RecorderOptions withFlush(FlushTerms newFlush) {
        return new RecorderOptions(whenFull, queue, newFlush, timeToLive, eventTypes, durableTimeout, vacuumAge);
    }

    public RecorderOptions withTimeToLive(TimeToLive newTime) {
        return new RecorderOptions(whenFull, queue, flush, newTime, eventTypes, durableTimeout, vacuumAge);
    }

    public RecorderOptions withEventTypes(Set<String> newTypes) {
        return new RecorderOptions(
                whenFull, queue, flush, timeToLive, Optional.of(newTypes), durableTimeout, vacuumAge);
    }

    public RecorderOptions withDurableTimeout(Duration newTimeout) {
        return new RecorderOptions(whenFull, queue, flush, timeToLive, eventTypes, newTimeout, vacuumAge);
    }

    public RecorderOptions withVacuumAge(Duration newAge) {
        return new RecorderOptions(whenFull, queue, flush, timeToLive, eventTypes, durableTimeout, newAge);
    }
}
