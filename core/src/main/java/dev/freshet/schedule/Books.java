package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Keeps account of due times: what a claim and a run passed over, and the way of records into the ledger. Safe for
/// use by many threads.
final class Books {
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Surroundings around;
    private final BiFunction<String, Long, Optional<Schedule>> definitions;
    private final Function<TaskRow, Optional<TaskRow>> beforeClaim;

    /// @param definitions finds a version of a schedule
    /// @param beforeClaim finds the row that a claim was made on
    Books(
            Surroundings around,
            BiFunction<String, Long, Optional<Schedule>> definitions,
            Function<TaskRow, Optional<TaskRow>> beforeClaim) {
        this.around = around;
        this.definitions = definitions;
        this.beforeClaim = beforeClaim;
    }

    /// Those who held the task one after the other before the dead holder took it from the last of them, and that are
    /// not in the ledger: it died before it could write them down. The latest comes first.
    List<TaskRow> unrecordedBefore(TaskRow dead) {
        List<TaskRow> unrecorded = new ArrayList<>();
        Optional<TaskRow> before = beforeClaim.apply(dead);
        while (before.filter(row -> row.isProcessing() && !isRecorded(row)).isPresent()) {
            before.filter(row -> row.fence() != null && Claims.hasWork(row)).ifPresent(unrecorded::add);
            before = before.flatMap(beforeClaim);
        }
        return unrecorded;
    }

    private boolean isRecorded(TaskRow claimed) {
        return around.ledger().about(claimed).stream()
                .anyMatch(run -> run.runId().equals(claimed.token()));
    }

    /// The range that the claim passed over, counted by the definition that it was claimed with.
    List<RunRecord> claimed(TaskRow claimed, RunRecordBuilder run, Instant at) {
        Instant from = claimed.missedFrom();
        Instant to = claimed.missedTo();
        if (from == null || to == null) {
            return List.of();
        }
        Optional<Schedule> schedule = definition(claimed);
        long atLeast = from.equals(to) ? 1 : 2;
        long count = schedule.map(
                        known -> known.trigger().passed(from, to).all().count())
                .orElse(atLeast);
        Reason reason = Reason.of(claimed, schedule);
        return List.of(run.passedOver(reason.outcome, new DueRange(from, to, count), reason.text, at));
    }

    /// Why nobody runs due times that a claim passed over.
    private record Reason(Outcome outcome, String text) {
        static Reason of(TaskRow claimed, Optional<Schedule> schedule) {
            if (!claimed.enabled()) {
                boolean disabled = schedule.filter(known -> !known.enabled()).isPresent();
                return new Reason(Outcome.SKIPPED, disabled ? "disabled" : "deleted");
            }
            return schedule.filter(known -> known.misfire().policy() == Misfire.Policy.SKIP)
                            .isPresent()
                    ? new Reason(Outcome.SKIPPED, "late")
                    : new Reason(Outcome.MISSED, "nobody was there");
        }
    }

    private Optional<Schedule> definition(TaskRow claimed) {
        return claimed.definedBy() == null || claimed.definitionVersion() == null
                ? Optional.empty()
                : definitions.apply(claimed.definedBy(), claimed.definitionVersion());
    }

    /// The same, and the due times that came while the run was going.
    List<RunRecord> passedOver(TaskRow claimed, RunRecordBuilder run, Optional<Trigger> trigger, Instant finished) {
        List<RunRecord> ranges = new ArrayList<>(claimed(claimed, run, finished));
        Instant due = Claims.dueInProgress(claimed);
        if (due != null && trigger.isPresent()) {
            DueTimes.skippedWhileRunning(trigger.get(), due, finished)
                    .map(range -> run.passedOver(Outcome.SKIPPED, range, "still running", finished))
                    .ifPresent(ranges::add);
        }
        return List.copyOf(ranges);
    }

    /// Appends the records; a second time does no harm, so a store that fails is asked again.
    void record(List<RunRecord> records) {
        for (int tries = 1; true; tries++) {
            try {
                around.ledger().append(records);
                break;
            } catch (FreshetException e) {
                if (tries == TRIES) {
                    throw e;
                }
                pause(around.host());
            }
        }
        records.stream()
                .filter(record -> !record.outcome().ran())
                .forEach(range -> around.listener().passedOver(range));
        around.host().reach("after-ledger");
    }

    private static void pause(Host host) {
        try {
            host.sleep(PAUSE);
        } catch (InterruptedException e) {
            boolean _ = Thread.interrupted(); // the record is worth more than a quick end
        }
    }
}
