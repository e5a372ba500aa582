package dev.freshet.control;

import static dev.freshet.control.RowsForTests.NOW;
import static dev.freshet.control.RowsForTests.heldByThem;
import static dev.freshet.control.RowsForTests.leaseOf;
import static dev.freshet.control.RowsForTests.now;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.ReleaseOutcome.LeaseLost;
import dev.freshet.control.ReleaseOutcome.Released;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private final TaskRow held = heldByThem().build();

    @Test
    void aReleasedTaskIsIdleAndEverybodyMayReadWhen() {
        TaskRow row = released(held, UnaryOperator.identity());
        assertThat(row)
                .isEqualTo(held.with()
                        .status(TaskStatus.IDLE)
                        .claimedAt(NOW)
                        .completedAt(NOW)
                        .build());
    }

    @Test
    void aLostLeaseReleasesNothing() {
        TaskRow taken = held.with().token("another").build();
        assertThat(release(taken)).isEqualTo(Verdict.leave(new LeaseLost()));
        assertThat(new Release(leaseOf(held), row -> row).on(Optional.empty(), now()))
                .isEqualTo(Verdict.leave(new LeaseLost()));
    }

    @Test
    void releasingAgainAfterAnUnknownOutcomeIsRecognised() {
        TaskRow row = released(held, UnaryOperator.identity());
        assertThat(release(row)).isEqualTo(Verdict.leave(new Released(row)));
    }

    @Test
    void theServedRequestIsCleared() {
        TaskRow serving = held.with()
                .requestedAt(NOW.minusSeconds(9))
                .servingRequest(NOW.minusSeconds(9))
                .build();
        assertThat(released(serving, UnaryOperator.identity()).requestedAt()).isNull();
    }

    @Test
    void aRequestMadeDuringTheRunStays() {
        TaskRow serving = held.with()
                .requestedAt(NOW.minusSeconds(1))
                .servingRequest(NOW.minusSeconds(9))
                .build();
        assertThat(released(serving, UnaryOperator.identity()).requestedAt()).isEqualTo(NOW.minusSeconds(1));
    }

    @Test
    void theNextDueTimeIsStrictlyLaterThanTheSettledOneWhateverTheClockSays() {
        TaskRow row = released(
                held,
                done -> done.with()
                        .dueAt(null)
                        .nextRunAt(NOW.minusSeconds(9_000))
                        .build());
        assertThat(row.nextRunAt()).isEqualTo(held.dueAt().plus(1, ChronoUnit.MICROS));
    }

    @Test
    void aRetryDoesNotMoveTheDueTime() {
        TaskRow row =
                released(held, done -> done.with().retryAt(NOW.plusSeconds(60)).build());
        assertThat(row.nextRunAt()).isEqualTo(held.nextRunAt());
        assertThat(row.dueAt()).isEqualTo(held.dueAt());
        assertThat(row.readyAt()).isEqualTo(NOW.plusSeconds(60));
    }

    private Verdict<ReleaseOutcome> release(TaskRow row) {
        return new Release(leaseOf(held), UnaryOperator.identity()).on(Optional.of(row), now());
    }

    private static TaskRow released(TaskRow row, UnaryOperator<TaskRow> change) {
        Verdict<ReleaseOutcome> verdict = new Release(leaseOf(row), change).on(Optional.of(row), now());
        TaskRow after = verdict.row().orElseThrow();
        assertThat(verdict.outcome()).isEqualTo(new Released(after));
        return after;
    }
}
