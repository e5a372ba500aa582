package dev.freshet.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The arithmetic of due times: which one a claim runs, which ones it passes over, and which one comes next.
final class DueTimes {
    private static final Duration LATE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofNanos(1_000);

    private DueTimes() {}

    /// What a claim at `now` does about the due times since `due`: at most one is run, the others are passed over.
    static Claimed claim(Trigger trigger, Misfire misfire, Instant due, Instant now) {
        Passed passed = trigger.passed(due, now);
        Outcome passedOver = misfire.policy() == Misfire.Policy.SKIP ? Outcome.SKIPPED : Outcome.MISSED;
        if (tooLate(misfire, passed.latest(), now)) {
            return new Claimed(Optional.empty(), Optional.of(passed.all()), passedOver);
        }
        return new Claimed(Optional.of(passed.latest()), Optional.ofNullable(passed.before()), passedOver);
    }

    private static boolean tooLate(Misfire misfire, Instant due, Instant now) {
        Duration lateness = Duration.between(due, now);
        if (misfire.maxLate() != null) {
            return lateness.compareTo(misfire.maxLate()) > 0;
        }
        return misfire.policy() == Misfire.Policy.SKIP && lateness.compareTo(LATE) > 0;
    }

    /// The due time after the one just settled: strictly later, whatever the clocks say.
    static Instant next(Trigger trigger, Instant due, Instant completed) {
        return later(trigger.next(due, completed), due);
    }

    /// The due times that came while the run for `due` was going and that its trigger does not wait for.
    static Optional<DueRange> skippedWhileRunning(Trigger trigger, Instant due, Instant completed) {
        if (!trigger.skipsWhileRunning()) {
            return Optional.empty();
        }
        Instant first = trigger.next(due, due);
        return first.isAfter(completed)
                ? Optional.empty()
                : Optional.of(trigger.passed(first, completed).all());
    }

    /// The candidate, or the smallest time after `floor` that a table can hold.
    static Instant later(Instant candidate, Instant floor) {
        return candidate.isAfter(floor) ? candidate : floor.plus(STEP);
    }

    /// When a run ended, as far as its own due time allows: a clock may have been turned back meanwhile.
    static Instant notBefore(Instant ended, @Nullable Instant due) {
        return due == null || ended.isAfter(due) ? ended : due;
    }

    /// What a claim found due.
    ///
    /// @param run the due time to run; empty if all were too late
    /// @param passedOver those that nobody will run
    /// @param as what becomes of them
    record Claimed(Optional<Instant> run, Optional<DueRange> passedOver, Outcome as) {}
}
