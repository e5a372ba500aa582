package dev.freshet.rollup;

import static dev.freshet.rollup.UsageLake.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.DyingStore;
import dev.freshet.table.Change;
import dev.freshet.table.Decision;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hook and the guard of a migration that drops what the rollup supersedes.
class HookTest {
    @TempDir
    Path folder;

    private UsageLake lake;

    @BeforeEach
    void open() {
        lake = new UsageLake(folder);
    }

    @Test
    void aStaleWatermarkIsRefusedUntilTheHookHasRolledUp() throws InterruptedException {
        lake.facts.create();
        lake.process().tick();
        lake.clock.pass(Duration.ofDays(2));
        Instant now = lake.clock.now();
        lake.facts.insert(old(now, 40), old(now, 1));
        assertThatThrownBy(() -> lake.rollup().requireComplete())
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_ROLLED_UP))
                .hasMessageContaining("refusing to drop legacy daily rollups")
                .hasMessageContaining("touch facts as old as");
        MigrationResult result = lake.process().migrate();
        assertThat(result.skipped()).isNull();
        assertThat(result.failed()).isFalse();
        assertThat(result.slices()).isGreaterThanOrEqualTo(1);
        assertThat(result.rows()).isGreaterThanOrEqualTo(2);
        assertThat(result.from()).isEqualTo(Instant.parse("2025-11-01T00:00:00Z"));
        assertThat(result.to()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(lake.rows()).isNotEmpty().isEqualTo(made(lake.facts.facts()));
        Instant due = lake.clock.now().minus(Duration.ofMinutes(5));
        assertThat(result.watermark())
                .isEqualTo(lake.state().orElseThrow().watermarkAt())
                .isBetween(due.minus(Duration.ofMinutes(2)), due.plus(Duration.ofMinutes(1)));
        assertThatCode(() -> lake.rollup().requireComplete()).doesNotThrowAnyException();
    }

    @Test
    void withoutFactsItStampsAndTheGuardPasses() throws InterruptedException {
        lake.facts.create();
        lake.process().tick();
        lake.clock.pass(Duration.ofDays(1));
        MigrationResult result = lake.process().migrate();
        assertThat(result.skipped()).isEqualTo("task_usage_empty");
        assertThat(lake.state().orElseThrow().watermarkAt())
                .isCloseTo(lake.clock.now().minus(Duration.ofMinutes(5)), within(60, ChronoUnit.SECONDS));
        assertThatCode(() -> lake.rollup().requireComplete()).doesNotThrowAnyException();
    }

    @Test
    void withoutStateAndWithoutATableOfFactsItIsTheStateThatIsMissing() throws InterruptedException {
        assertThat(lake.process().migrate().skipped()).isEqualTo("rollup_state_missing");
        assertThatCode(() -> lake.rollup().requireComplete()).doesNotThrowAnyException();
    }

    @Test
    void whatChangedInFilesThatAreGoneIsRefusedNotAFault() {
        lake.facts.insert(Fact.at("2025-12-01T00:10:00Z", 1, "t1"));
        lake.process().tick();
        lake.facts.insert(Fact.at("2025-12-01T00:10:00Z", 2, "t2"), Fact.at("2025-12-02T00:10:00Z", 2, "t2"));
        lake.facts.delete(fact -> fact.tokens() == 2);
        lake.facts.vacuum(lake.facts.version());
        assertThatThrownBy(() -> lake.rollup().requireComplete())
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_ROLLED_UP))
                .hasMessageContaining("cannot be read any more");
    }

    @Test
    void withoutStateItSkipsAndTouchesNothing() throws InterruptedException {
        lake.facts.insert(old(lake.clock.now(), 1));
        MigrationResult result = lake.process().migrate();
        assertThat(result.skipped()).isEqualTo("rollup_state_missing");
        assertThat(result.watermark()).isNull();
        assertThat(lake.table()).isEmpty();
        assertThatThrownBy(() -> lake.rollup().requireComplete()).hasMessageContaining("the rollup has no state");
    }

    @Test
    void aStateWithoutAWatermarkNeedsSomebody() throws InterruptedException {
        lake.facts.insert(old(lake.clock.now(), 1));
        lake.process().tick();
        String domain = lake.table().orElseThrow().domain("freshet.rollup").orElseThrow();
        String damaged = domain.replaceAll(",\"watermark_at\":\"[^\"]*\"", "");
        assertThat(damaged).isNotEqualTo(domain);
        var _ = lake.rows.commit(
                _ -> new Decision.Write(Change.of("DAMAGE").withoutDataChange().domain("freshet.rollup", damaged)));
        MigrationResult result = lake.process().migrate();
        assertThat(result.failed()).isTrue();
        assertThat(result.error()).contains("its state has no watermark; somebody must look at it");
        assertThatThrownBy(() -> lake.rollup().requireComplete()).hasMessageContaining("no watermark");
    }

    @Test
    void aFailedSliceAbortsTheMigrationAndStampsNothing() throws InterruptedException {
        lake.facts.create();
        lake.process().tick();
        lake.clock.pass(Duration.ofDays(2));
        Instant watermark = lake.state().orElseThrow().watermarkAt();
        Instant now = lake.clock.now();
        lake.facts.insert(old(now, 40));
        lake.facts.insert(
                new Fact(now, now, "w1", null, "m1", Long.MAX_VALUE, "t1"),
                new Fact(now, now, "w1", null, "m1", Long.MAX_VALUE, "t2"));
        MigrationResult result = lake.process().migrate();
        assertThat(result.failed()).isTrue();
        assertThat(result.error()).contains("beyond 64 bits");
        assertThat(result.watermark()).isNull();
        assertThat(lake.state().orElseThrow().watermarkAt()).isEqualTo(watermark);
        assertThatThrownBy(() -> lake.rollup().requireComplete()).hasMessageContaining("refusing to drop");
    }

    @Test
    void aFactOfTheFutureDoesNotBlockForEver() {
        lake.facts.insert(old(lake.clock.now(), 1));
        lake.process().tick();
        Instant future = lake.clock.now().plus(Duration.ofDays(3650));
        lake.facts.insert(new Fact(future, future, "w1", null, "m1", 1, "t1"));
        assertThatCode(() -> lake.rollup().requireComplete()).doesNotThrowAnyException();
        lake.facts.insert(old(lake.clock.now(), 1));
        assertThatThrownBy(() -> lake.rollup().requireComplete()).hasMessageContaining("refusing to drop");
    }

    @Test
    void theWaitForTheLeaseIsBounded() {
        lake.facts.insert(old(lake.clock.now(), 1));
        lake.process().tick();
        UsageLake.Process holder = lake.process(
                new MeddledStore(lake.store, "hours-", () -> {
                    Instant begun = lake.clock.now();
                    assertThatThrownBy(() -> new RollupMigration(
                                            lake.process().runner,
                                            new RollupKind(UsageLake.LIMITS),
                                            lake.store,
                                            lake.clock)
                                    .run(UsageLake.HOURLY, Duration.ZERO, Duration.ofSeconds(10)))
                            .isInstanceOfSatisfying(
                                    FreshetException.class,
                                    e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_HELD));
                    assertThat(Duration.between(begun, lake.clock.now())).isLessThan(Duration.ofSeconds(30));
                }),
                Safeguards.ALL);
        lake.facts.insert(old(lake.clock.now(), 1));
        assertThat(holder.tick().error()).isNull();
    }

    @Test
    void aHookThatIsKilledLeavesNoLockBehind() throws InterruptedException {
        lake.facts.create();
        lake.process().tick();
        lake.clock.pass(Duration.ofDays(2));
        lake.facts.insert(old(lake.clock.now(), 40), old(lake.clock.now(), 1));
        DyingStore dying = new DyingStore(lake.store, DyingStore.CHANGES, 4, true);
        assertThatThrownBy(() -> lake.process(dying, Safeguards.ALL).migrate())
                .isInstanceOf(DyingStore.KilledError.class);
        MigrationResult result = lake.process().migrate();
        assertThat(result.failed()).isFalse();
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts()));
    }

    private static Fact old(Instant now, int days) {
        Instant time = now.minus(Duration.ofDays(days));
        return new Fact(time, time, "w1", "p1", "m1", 5, "t1");
    }
}
