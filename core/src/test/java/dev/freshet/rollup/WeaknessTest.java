package dev.freshet.rollup;

import static dev.freshet.rollup.UsageLake.made;
import static dev.freshet.rollup.UsageLake.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunRecord;
import dev.freshet.table.DataFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The weaknesses of a plain rollup, each with the test that it is not here, and the proof that the same test finds it
/// when the safeguard is taken away.
class WeaknessTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private int lakes;

    /// A scenario, played on a lake of its own under the safeguards it gets; fails when the weakness shows.
    private interface Scenario {
        void play(UsageLake lake, Safeguards safeguards) throws InterruptedException;
    }

    private void holds(Scenario scenario) throws InterruptedException {
        scenario.play(lake(), Safeguards.ALL);
    }

    private void isFoundWithout(Safeguard safeguard, Scenario scenario) {
        assertThatThrownBy(() -> scenario.play(lake(), Safeguards.without(safeguard)))
                .as("without %s", safeguard)
                .isInstanceOf(AssertionError.class);
    }

    private UsageLake lake() {
        UsageLake lake = new UsageLake(folder.resolve("lake" + lakes++));
        lake.clock.pass(Duration.between(lake.clock.now(), NOON));
        return lake;
    }

    private static Fact fact(Instant time, long tokens, String task) {
        return new Fact(time, time, "w1", null, "m1", tokens, task);
    }

    private static void requireEqual(UsageLake lake) {
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
    }

    @Test
    void aGapWithinTheThresholdIsRolledUpBeforeItIsStamped() throws InterruptedException {
        holds(WeaknessTest::gapWithinThreshold);
    }

    @Test
    void aGapThatIsOnlyStampedIsFound() {
        isFoundWithout(Safeguard.GAP_IS_ROLLED_UP, WeaknessTest::gapWithinThreshold);
    }

    private static void gapWithinThreshold(UsageLake lake, Safeguards safeguards) throws InterruptedException {
        lake.facts.insert(fact(NOON.minusSeconds(7200), 1, "t1"));
        lake.process(lake.store, safeguards).tick();
        lake.facts.insert(fact(NOON.plusSeconds(1500), 2, "t2"));
        lake.clock.pass(Duration.ofMinutes(30));
        MigrationResult result = lake.process(lake.store, safeguards).migrate();
        assertThat(result.skipped()).isEqualTo("watermark_within_threshold");
        requireEqual(lake);
    }

    @Test
    void whatIsCommittedDuringATickIsLeftToTheNextOne() throws InterruptedException {
        holds(WeaknessTest::commitDuringTick);
    }

    @Test
    void aTickThatClaimsMoreThanItSawIsFound() {
        isFoundWithout(Safeguard.ONLY_WHAT_WAS_CAPTURED, WeaknessTest::commitDuringTick);
    }

    private static void commitDuringTick(UsageLake lake, Safeguards safeguards) {
        lake.facts.insert(fact(NOON, 1, "t1"));
        lake.process(lake.store, safeguards).tick();
        lake.facts.insert(fact(NOON, 2, "t2"));
        UsageLake.Process process = lake.process(new MeddledStore(lake.store, "hours-", lake::meddle), safeguards);
        lake.meddling = () -> lake.facts.insert(fact(NOON.plusSeconds(3600), 3, "t3"));
        process.tick();
        process.tick();
        assertThat(lake.meddling).as("the meddler was there").isNull();
        requireEqual(lake);
    }

    @Test
    void aFactThatCommitsLateIsRolledUpHoweverOldItIs() throws InterruptedException {
        holds(WeaknessTest::lateCommit);
    }

    @Test
    void aWatermarkThatIsATimeIsFound() {
        isFoundWithout(Safeguard.VERSIONS_DECIDE, WeaknessTest::lateCommit);
    }

    private static void lateCommit(UsageLake lake, Safeguards safeguards) {
        List<Fact> late = List.of(fact(NOON.minusSeconds(86_400), 1, "t1"));
        DataFile file = lake.facts.write(late);
        lake.facts.insert(fact(NOON, 2, "t2"));
        lake.process(lake.store, safeguards).tick();
        lake.clock.pass(Duration.ofHours(2));
        lake.facts.land(file, late);
        lake.process(lake.store, safeguards).tick();
        requireEqual(lake);
    }

    @Test
    void aBackfillStandsForTheVersionThatItBeganWith() throws InterruptedException {
        holds(WeaknessTest::commitDuringBackfill);
    }

    @Test
    void aBackfillThatIsStampedAtItsEndIsFound() {
        isFoundWithout(Safeguard.STAMPED_AS_OF_START, WeaknessTest::commitDuringBackfill);
    }

    private static void commitDuringBackfill(UsageLake lake, Safeguards safeguards) {
        lake.facts.insert(
                fact(NOON.minus(Duration.ofDays(70)), 1, "t1"),
                fact(NOON.minus(Duration.ofDays(40)), 2, "t2"),
                fact(NOON, 3, "t3"));
        UsageLake.Process process = lake.process(new MeddledStore(lake.store, "hours-", lake::meddle), safeguards);
        Instant begun = lake.clock.now();
        lake.meddling = () -> {
            lake.facts.insert(fact(NOON.minus(Duration.ofDays(70)), 4, "t4"));
            lake.clock.pass(Duration.ofSeconds(20));
        };
        process.backfill();
        assertThat(lake.state().orElseThrow().watermarkAt())
                .isCloseTo(begun.minus(Duration.ofMinutes(5)), within(10, ChronoUnit.SECONDS));
        process.tick();
        requireEqual(lake);
    }

    @Test
    void anErrorIsKeptAndTheLagIsHonest() throws InterruptedException {
        holds(WeaknessTest::errorsAndLag);
    }

    @Test
    void anErrorThatIsRolledBackWithItsWorkIsFound() {
        isFoundWithout(Safeguard.ERRORS_ARE_KEPT, WeaknessTest::errorsAndLag);
    }

    private static void errorsAndLag(UsageLake lake, Safeguards safeguards) {
        lake.facts.create();
        UsageLake.Process process = lake.process(lake.store, safeguards);
        process.tick();
        assertThat(lake.state().orElseThrow().watermarkAt())
                .as("an empty history is stamped at once")
                .isCloseTo(lake.clock.now().minus(Duration.ofMinutes(5)), within(10, ChronoUnit.SECONDS));
        lake.facts.insert(fact(NOON, Long.MAX_VALUE, "t1"), fact(NOON, Long.MAX_VALUE, "t2"));
        Instant since = lake.clock.now();
        lake.clock.pass(Duration.ofDays(3));
        RunRecord failed = process.tick();
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.error()).contains("input_tokens", "beyond 64 bits", "decimal(38,0)");
        RollupStatus status = lake.rollup().status();
        assertThat(status.lagVersions()).isEqualTo(1);
        assertThat(status.staleSince()).isEqualTo(since);
        assertThat(status.lastError()).isNotNull();
        assertThat(status.lastError().message()).contains("beyond 64 bits");
        assertThat(lake.state().orElseThrow().processedVersion()).isZero();
        lake.facts.delete(fact -> fact.task().equals("t2"));
        lake.facts.insert(
                List.of(fact(NOON.minus(Duration.ofDays(20)), 1, "t3"), fact(NOON.minus(Duration.ofDays(9)), 1, "t3")));
        lake.facts.change(fact -> fact.task().equals("t1"), fact -> List.of(fact.with(7, lake.clock.now())));
        process.tick();
        status = lake.rollup().status();
        assertThat(status.lagVersions()).as("one tick takes all there is").isZero();
        assertThat(status.staleSince()).isNull();
        assertThat(status.lastError()).isNull();
        requireEqual(lake);
    }

    @Test
    void whoeverWaitedForTheLeaseReadsTheStateAgain() throws InterruptedException {
        holds(WeaknessTest::waitForLease);
    }

    @Test
    void aHookThatGoesByWhatItReadBeforeItWaitedIsFound() {
        isFoundWithout(Safeguard.STATE_IS_READ_AGAIN, WeaknessTest::waitForLease);
    }

    /// While the hook waits, the holder brings the rollup up to date.
    private static void waitForLease(UsageLake lake, Safeguards safeguards) throws InterruptedException {
        lake.facts.insert(fact(NOON.minus(Duration.ofDays(3)), 1, "t1"));
        lake.process().tick();
        lake.clock.pass(Duration.ofDays(3));
        lake.facts.insert(fact(lake.clock.now(), 2, "t2"));
        AtomicBoolean waited = new AtomicBoolean();
        UsageLake.Process hook = lake.process(
                new MeddledStore(lake.store, "_freshet/control/", () -> {
                    if (!waited.getAndSet(true)) {
                        lake.process().tick();
                    }
                }),
                safeguards);
        MigrationResult result = hook.migrate();
        assertThat(waited).isTrue();
        assertThat(result.skipped()).as(result.toString()).isEqualTo("watermark_within_threshold");
        requireEqual(lake);
    }

    @Test
    void distinctValuesAreCountedAnewFromAllFactsOfTheHour() throws InterruptedException {
        holds(WeaknessTest::distinct);
    }

    @Test
    void distinctCountsThatAreAddedUpAreFound() {
        isFoundWithout(Safeguard.DISTINCT_IS_COUNTED_ANEW, WeaknessTest::distinct);
    }

    private static void distinct(UsageLake lake, Safeguards safeguards) {
        UsageLake.Process process = lake.process(lake.store, safeguards);
        lake.facts.insert(fact(NOON, 1, "t1"), fact(NOON, 1, "t2"));
        process.tick();
        lake.facts.insert(fact(NOON.plusSeconds(60), 1, "t1"));
        process.tick();
        requireEqual(lake);
    }

    @Test
    void whatRetentionRemovesStaysInTheRollup() throws InterruptedException {
        holds(WeaknessTest::retention);
    }

    @Test
    void retentionThatPunchesHolesIsFound() {
        isFoundWithout(Safeguard.RETENTION_MOVES_THE_FLOOR, WeaknessTest::retention);
    }

    private static void retention(UsageLake lake, Safeguards safeguards) {
        UsageLake.Process process = lake.process(lake.store, safeguards);
        lake.facts.insert(fact(NOON.minus(Duration.ofDays(40)), 1, "t1"));
        lake.facts.insert(fact(NOON, 2, "t2"));
        process.tick();
        lake.facts.insert(fact(NOON.minus(Duration.ofDays(39)), 3, "t3"));
        Map<List<@Nullable Object>, List<@Nullable Object>> all = made(lake.facts.facts());
        assertThat(lake.facts.retain(NOON.minus(Duration.ofDays(30)))).isTrue();
        process.tick();
        assertThat(lake.rows()).as("also what came and went between two ticks").isEqualTo(all);
        assertThat(lake.state().orElseThrow().retainedFrom()).isEqualTo(NOON.minus(Duration.ofDays(30)));
        process.backfill();
        assertThat(lake.rows()).as("after a backfill").isEqualTo(all);
        assertThat(process.run(with("{'op': 'window', 'from': '2025-01-01T00:00:00Z', 'to': '2027-01-01T00:00:00Z'}"))
                        .outcome())
                .isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.rows()).as("after a window").isEqualTo(all);
        assertThat(lake.rollup().verify().equal()).isTrue();
    }
}
