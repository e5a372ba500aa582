package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.schedule.TestLake.TestPod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A schedule is deleted, and another one takes its dataset before anybody settled what waited.
class DatasetHandoverTest {
    private static final String MINUTELY = "'trigger':{'type':'cron','expr':'* * * * *'}";

    private final TestLake lake = new TestLake();
    private final TestPod a = lake.pod("a");

    @Test
    void dueTimesThatWaitedAreSkippedInTheNameOfTheScheduleThatIsGone() {
        a.apply(definition("orders", MINUTELY));
        a.work();
        lake.pass(Duration.ofMinutes(3));
        a.schedules.delete("orders");
        a.apply(successor(every(3600)));
        assertThat(a.row("orders").scheduleId()).isEqualTo("second");
        a.tick(4, Duration.ofSeconds(1));
        List<RunRecord> records = lake.runs("orders");
        assertThat(records)
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.SUCCEEDED, Outcome.SKIPPED, Outcome.SUCCEEDED);
        assertThat(records).extracting(RunRecord::schedule).containsExactly("orders", "orders", "second");
        assertThat(records.get(1).reason()).isEqualTo("deleted");
        assertThat(records.get(1).count()).isEqualTo(3);
        assertThat(a.row("orders").skippedCount()).isEqualTo(3);
        assertThat(a.row("orders").definitionVersion()).isZero();
    }

    @Test
    void aRetryThatWaitedIsSkipped() {
        lake.work = _ -> {
            throw new IllegalStateException("no");
        };
        a.apply(definition("orders", every(600)));
        a.work();
        a.schedules.delete("orders");
        a.apply(successor(every(3600)));
        lake.work = lake::load;
        a.tick(4, Duration.ofSeconds(1));
        List<RunRecord> records = lake.runs("orders");
        assertThat(records)
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.FAILED, Outcome.SKIPPED, Outcome.SUCCEEDED);
        assertThat(records.get(1).missedFrom()).isEqualTo(records.getFirst().dueAt());
    }

    @Test
    void aRunThatFailsAfterItsDatasetWasTakenLeavesNoRetryBehind() {
        lake.work = _ -> {
            a.schedules.delete("orders");
            a.apply(successor(every(3600)));
            lake.work = lake::load;
            throw new IllegalStateException("no");
        };
        a.apply(definition("orders", every(600)));
        a.tick(6, Duration.ofSeconds(1));
        List<RunRecord> records = lake.runs("orders");
        assertThat(records)
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.FAILED, Outcome.SKIPPED, Outcome.SUCCEEDED);
        assertThat(records).extracting(RunRecord::schedule).containsExactly("orders", "orders", "second");
    }

    @Test
    void whoeverTakesADatasetFollowsItsOwnDefinitionHoweverOftenTheFormerOneChanged() {
        a.apply(definition("orders", every(600)));
        a.apply(definition("orders", every(700)));
        a.apply(definition("orders", every(800)));
        a.schedules.delete("orders");
        a.apply(successor(every(3600)).replace("'enabled':true", "'enabled':false"));
        a.tick(3, Duration.ofSeconds(10));
        assertThat(lake.runs).hasValue(0);
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.SKIPPED);
        assertThat(a.row("orders").enabled()).isFalse();
        assertThat(a.row("orders").definitionVersion()).isZero();
    }

    @Test
    void aRequestOfTheNewOwnerIsServedAfterWhatWaited() {
        a.apply(definition("orders", MINUTELY));
        a.work();
        lake.pass(Duration.ofMinutes(2));
        a.schedules.delete("orders");
        a.apply(successor(every(3600)).replace("'enabled':true", "'enabled':false"));
        a.control.request("ingest:orders");
        a.tick(4, Duration.ofSeconds(1));
        assertThat(lake.runs("orders"))
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.SUCCEEDED, Outcome.SKIPPED, Outcome.SUCCEEDED);
        assertThat(a.row("orders").requestedAt()).isNull();
    }

    private static String successor(String trigger) {
        return definition("second", trigger).replace("'table':'second'", "'table':'orders'");
    }
}
