package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.PodHost.Died;
import dev.freshet.schedule.TestLake.TestPod;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.Mark;
import dev.freshet.table.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Runs that commit several times.
class StepsTest {
    private static final Duration TICK = Duration.ofSeconds(10);

    private final TestLake lake = new TestLake();
    private final TestPod a = lake.pod("a");
    private final TestPod b = lake.pod("b");
    private final List<CommitOutcome> outcomes = new ArrayList<>();

    @Test
    void everyStepIsACommitUnderTheFenceAndNoneSettlesAnything() {
        lake.work = context -> {
            assertThat(step(context, 1)).isInstanceOf(CommitOutcome.Committed.class);
            assertThat(step(context, 2)).isInstanceOf(CommitOutcome.Committed.class);
            assertThat(context.startedFrom()).isEqualTo(position(2));
            Mark mark = Mark.in(lake.table("orders"), "ingest").orElseThrow();
            assertThat(mark.settles()).isFalse();
            assertThat(mark.fence()).isEqualTo(context.fence());
            assertThat(mark.state()).isEqualTo("step-2");
            return new TaskResult(Outcome.SUCCEEDED, 7, 70, null, "two steps");
        };
        a.apply(definition("orders", every(600)));
        a.work();
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(run.rows()).isEqualTo(7);
            assertThat(run.version()).isNull();
        });
    }

    @Test
    void aRunThatFailsAfterAStepHasFailed() {
        lake.work = context -> {
            step(context, 1);
            throw new FreshetException(ErrorCode.SOURCE_FAILED, "no more");
        };
        a.apply(definition("orders", every(600)));
        a.work();
        assertThat(lake.runs("orders"))
                .singleElement()
                .extracting(RunRecord::outcome)
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void theStepsOfADeadHolderAreNotTakenForASettledRun() {
        lake.work = context -> {
            step(context, 1);
            throw new Died();
        };
        a.apply(definition("orders", every(600)));
        assertThatThrownBy(a::work).isInstanceOf(Died.class);
        lake.work = context -> {
            assertThat(context.startedFrom()).isEqualTo(position(1));
            return lake.load(context);
        };
        b.tick(9, TICK);
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.LOST, Outcome.SUCCEEDED);
        assertThat(b.heard).noneMatch(heard -> heard.startsWith("adopted"));
    }

    @Test
    void aStepOfARunThatFailedLongAgoIsNotAdoptedFromADeadHolder() {
        lake.work = context -> {
            step(context, 1);
            throw new FreshetException(ErrorCode.SOURCE_FAILED, "no more");
        };
        a.apply(definition("orders", every(600) + ",'retry':{'delays_secs':[]}"));
        a.work();
        lake.work = context -> {
            throw new Died();
        };
        lake.pass(Duration.ofSeconds(700));
        assertThatThrownBy(a::work).isInstanceOf(Died.class);
        lake.work = lake::load;
        b.tick(9, TICK);
        assertThat(lake.runs("orders"))
                .extracting(RunRecord::outcome)
                .startsWith(Outcome.FAILED)
                .contains(Outcome.LOST)
                .hasSize(2);
        assertThat(b.heard).noneMatch(heard -> heard.startsWith("adopted"));
    }

    @Test
    void aStepThatTheNewestSnapshotLeavesNothingToDoForIsNotWritten() {
        lake.work = context -> {
            step(context, 1);
            CommitOutcome moot = context.step(_ -> Optional.empty(), context.startedFrom(), Map.of());
            assertThat(moot).isInstanceOf(CommitOutcome.Conflict.class);
            return TaskResult.unchanged("nothing is left to do");
        };
        a.apply(definition("orders", every(600)));
        a.work();
        assertThat(lake.table("orders").version()).isZero();
        assertThat(lake.runs("orders"))
                .singleElement()
                .extracting(RunRecord::outcome)
                .isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void aFormerHolderTakesNoMoreSteps() {
        lake.work = context -> {
            step(context, 1);
            lake.work = lake::load;
            b.tick(9, TICK);
            assertThatThrownBy(() -> step(context, 2))
                    .isInstanceOfSatisfying(
                            FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
            throw new Died();
        };
        a.apply(definition("orders", every(600)));
        assertThatThrownBy(a::work).isInstanceOf(Died.class);
        assertThat(outcomes).hasSize(1);
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.LOST, Outcome.SUCCEEDED);
    }

    private CommitOutcome step(RunContext context, int number) {
        CommitOutcome outcome =
                context.step(_ -> Optional.of(TestLake.empty()), position(number), Map.of("slice", number));
        outcomes.add(outcome);
        return outcome;
    }

    private static Position position(int number) {
        return new Position("{\"slice\":" + number + "}");
    }
}
