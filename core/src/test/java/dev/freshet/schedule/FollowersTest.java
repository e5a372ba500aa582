package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static dev.freshet.schedule.TestLake.json;
import static dev.freshet.schedule.TestLake.rollup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.control.ControlTable;
import dev.freshet.control.TaskRow;
import dev.freshet.schedule.PodHost.Died;
import dev.freshet.schedule.TestLake.TestPod;
import dev.freshet.table.DeltaTable;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run that changed a table requests what is made from it, in the commit that releases it.
class FollowersTest {
    private static final Duration TICK = Duration.ofSeconds(10);

    private final TestLake lake = new TestLake();
    private final TestPod a = lake.pod("a");
    private final TestPod b = lake.pod("b");

    /// The rollup has run once and is not due for a day.
    @BeforeEach
    void theRollupIsUpToDate() {
        a.apply(rollup("hourly", "orders"));
        a.work();
        a.runner.tick();
        assertThat(derived().isProcessing()).isFalse();
        assertThat(lake.derivations).hasValue(1);
        lake.pass(TICK);
    }

    @Test
    void theCommitThatReleasesARunRequestsWhatIsMadeFromItsTable() {
        a.apply(definition("orders", every(3600)));
        a.work();
        long released = versionInWhich("ingest:orders", row -> !row.isProcessing() && row.runCount() == 1);
        assertThat(row(released - 1, "rollup:hourly").hasRequest()).isFalse();
        assertThat(row(released, "rollup:hourly").hasRequest()).isTrue();
        a.tick(3, TICK);
        assertThat(lake.derivations).hasValue(2);
        assertThat(lake.ledger().runs("rollup:hourly").getLast().requestedAt()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"after-data-commit", "after-ledger"})
    void whoAdoptsARunRequestsWhatIsMadeFromItsTable(String point) {
        a.apply(definition("orders", every(3600)));
        a.host.dieAt(point);
        assertThatThrownBy(a.runner::tick).isInstanceOf(Died.class);
        assertThat(derived().hasRequest()).isFalse();
        b.tick(12, TICK);
        assertThat(lake.runs).hasValue(1);
        assertThat(lake.derivations).hasValue(2);
        assertThat(derived().hasRequest()).isFalse();
    }

    @Test
    void aRunInTheForegroundOfAProcessThatServesNothingRequestsThem() throws InterruptedException {
        a.apply(definition("orders", every(3600)));
        b.runner.runNow("orders", true);
        assertThat(derived().hasRequest()).isTrue();
    }

    @Test
    void workOfNoScheduleRequestsThem() throws InterruptedException {
        FakeKind once = new FakeKind("mysql", _ -> lake::load);
        b.runner.once(once, json("{'type':'mysql','table':'orders'}"), true);
        assertThat(derived().hasRequest()).isTrue();
    }

    @Test
    void aRunThatChangesNothingRequestsNothing() {
        lake.work = _ -> TaskResult.unchanged("nothing new");
        a.apply(definition("orders", every(3600)));
        a.work();
        assertThat(a.row("orders").runCount()).isEqualTo(1);
        assertThat(derived().hasRequest()).isFalse();
    }

    @Test
    void aRunOfAnotherTableRequestsNothing() {
        a.apply(definition("customers", every(3600)));
        a.work();
        assertThat(a.row("customers").runCount()).isEqualTo(1);
        assertThat(derived().hasRequest()).isFalse();
    }

    @Test
    void aRollupThatIsDisabledOrDeletedIsNotRequested() {
        a.schedules.setEnabled("rollup:hourly", false);
        a.apply(definition("orders", every(60)));
        a.work();
        assertThat(derived().hasRequest()).isFalse();
        b.schedules.delete("rollup:hourly");
        lake.pass(Duration.ofMinutes(2));
        a.work();
        assertThat(a.row("orders").runCount()).isEqualTo(2);
        assertThat(derived().hasRequest()).isFalse();
    }

    @Test
    void aRollupThatRunsMeanwhileRunsAgainAfterwards() {
        lake.derivation = context -> {
            lake.derivations.incrementAndGet();
            if (lake.derivations.get() == 2) {
                b.runner.runNow("orders", true);
            }
            return lake.commit(context);
        };
        a.apply(definition("orders", every(3600)).replace("true", "false"));
        a.runner.request("rollup:hourly");
        a.tick(4, TICK);
        assertThat(lake.runs).hasValue(1);
        assertThat(lake.derivations).hasValue(3);
    }

    private TaskRow derived() {
        return b.control.row("rollup:hourly").orElseThrow();
    }

    private TaskRow row(long version, String task) {
        return b.control.rowsAt(version).stream()
                .filter(row -> row.task().equals(task))
                .findFirst()
                .orElseThrow();
    }

    private long versionInWhich(String task, Predicate<TaskRow> holds) {
        long newest = new DeltaTable(lake.store, ControlTable.PATH, lake.clock)
                .latest()
                .orElseThrow()
                .version();
        for (long version = 0; version <= newest; version++) {
            Optional<TaskRow> row = b.control.rowsAt(version).stream()
                    .filter(each -> each.task().equals(task))
                    .findFirst();
            if (row.filter(holds).isPresent()) {
                return version;
            }
        }
        throw new AssertionError("no version of the control table shows it");
    }
}
