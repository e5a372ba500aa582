package dev.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.SettableHost;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DueTimesTest {
    private static final Instant T = Instant.parse("2026-05-01T12:00:00Z");
    private static final Trigger EVERY_120 = new Interval(Duration.ofSeconds(120), Strategy.SINCE_COMPLETION);
    private static final Trigger ANCHORED = new Interval(Duration.ofSeconds(120), Strategy.ANCHORED);
    private static final Trigger ANCHORED_SKIP = new Interval(Duration.ofSeconds(120), Strategy.ANCHORED_SKIP);
    private static final Trigger MINUTELY = Cron.of("* * * * *", ZoneOffset.UTC);
    private static final Misfire SKIP = new Misfire(Misfire.Policy.SKIP, null);

    @Test
    void anIntervalOf120IsDueExactly120SecondsAfterCompletion() {
        Instant completed = T.plusSeconds(37).plusNanos(123_000);
        assertThat(DueTimes.next(EVERY_120, T, completed)).isEqualTo(completed.plusSeconds(120));
    }

    @Test
    void theNextDueTimeIsLaterThanTheOneSettledEvenWhenTheClockIsHoursBehind() {
        Instant before = T.minusSeconds(7_200);
        for (Trigger trigger : List.of(EVERY_120, ANCHORED, ANCHORED_SKIP, MINUTELY)) {
            assertThat(DueTimes.next(trigger, T, before)).isAfter(T);
        }
        assertThat(DueTimes.next(EVERY_120, T, before)).isEqualTo(T.plusNanos(1_000));
    }

    @Test
    void aDueTimeInTimeIsRunAndNothingIsPassedOver() {
        for (Trigger trigger : List.of(EVERY_120, ANCHORED, ANCHORED_SKIP, MINUTELY)) {
            assertThat(DueTimes.claim(trigger, Misfire.DEFAULT, T, T.plusSeconds(9)))
                    .isEqualTo(new DueTimes.Claimed(Optional.of(T), Optional.empty(), Outcome.MISSED));
        }
    }

    @Test
    void runOnceRunsTheLatestAndMissesTheEarlierOnes() {
        assertThat(DueTimes.claim(MINUTELY, Misfire.DEFAULT, T, T.plusSeconds(3_610)))
                .isEqualTo(new DueTimes.Claimed(
                        Optional.of(T.plusSeconds(3_600)),
                        Optional.of(new DueRange(T, T.plusSeconds(3_540), 60)),
                        Outcome.MISSED));
        assertThat(DueTimes.claim(ANCHORED, Misfire.DEFAULT, T, T.plusSeconds(500)))
                .isEqualTo(new DueTimes.Claimed(
                        Optional.of(T.plusSeconds(480)),
                        Optional.of(new DueRange(T, T.plusSeconds(360), 4)),
                        Outcome.MISSED));
    }

    @Test
    void sinceCompletionHasOneDueTimeHoweverLate() {
        assertThat(DueTimes.claim(EVERY_120, Misfire.DEFAULT, T, T.plusSeconds(90_000)))
                .isEqualTo(new DueTimes.Claimed(Optional.of(T), Optional.empty(), Outcome.MISSED));
    }

    @Test
    void skipRunsNothingThatIsLate() {
        Trigger hourly = Cron.of("@hourly", ZoneOffset.UTC);
        assertThat(DueTimes.claim(hourly, SKIP, T, T.plusSeconds(7_300)))
                .isEqualTo(new DueTimes.Claimed(
                        Optional.empty(), Optional.of(new DueRange(T, T.plusSeconds(7_200), 3)), Outcome.SKIPPED));
        assertThat(DueTimes.claim(hourly, SKIP, T, T.plusSeconds(7_230)).run()).contains(T.plusSeconds(7_200));
    }

    @Test
    void aLimitOfLatenessHoldsForEveryPolicy() {
        Misfire patient = new Misfire(Misfire.Policy.SKIP, Duration.ofHours(2));
        Misfire strict = new Misfire(Misfire.Policy.RUN_ONCE, Duration.ofSeconds(10));
        assertThat(DueTimes.claim(EVERY_120, patient, T, T.plusSeconds(7_200)).run())
                .contains(T);
        assertThat(DueTimes.claim(EVERY_120, strict, T, T.plusSeconds(11)))
                .isEqualTo(new DueTimes.Claimed(Optional.empty(), Optional.of(new DueRange(T, T, 1)), Outcome.MISSED));
    }

    @Test
    void dueTimesThatCameWhileRunningAreSkippedOrWaitedFor() {
        Instant completed = T.plusSeconds(250);
        assertThat(DueTimes.skippedWhileRunning(MINUTELY, T, completed))
                .contains(new DueRange(T.plusSeconds(60), T.plusSeconds(240), 4));
        assertThat(DueTimes.next(MINUTELY, T, completed)).isEqualTo(T.plusSeconds(300));
        assertThat(DueTimes.skippedWhileRunning(ANCHORED_SKIP, T, completed))
                .contains(new DueRange(T.plusSeconds(120), T.plusSeconds(240), 2));
        assertThat(DueTimes.next(ANCHORED_SKIP, T, completed)).isEqualTo(T.plusSeconds(360));
        assertThat(DueTimes.skippedWhileRunning(ANCHORED, T, completed)).isEmpty();
        assertThat(DueTimes.next(ANCHORED, T, completed)).isEqualTo(T.plusSeconds(120));
        assertThat(DueTimes.skippedWhileRunning(EVERY_120, T, completed)).isEmpty();
    }

    @Test
    void aRetryWaitsItsDelayATenthMoreOrLess() {
        SettableHost host = new SettableHost(5);
        for (int i = 0; i < 100; i++) {
            assertThat(Retry.DEFAULT.delayAfter(2, host.random()))
                    .isBetween(Duration.ofSeconds(270), Duration.ofSeconds(330));
        }
    }

    @Test
    void theLastAttemptIsTheOneAfterTheLastDelay() {
        assertThat(Retry.DEFAULT.isLast(3)).isFalse();
        assertThat(Retry.DEFAULT.isLast(4)).isTrue();
        assertThat(new Retry(List.of()).isLast(1)).isTrue();
    }
}
