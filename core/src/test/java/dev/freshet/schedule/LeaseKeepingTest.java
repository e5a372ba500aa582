package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.ControlTable;
import dev.freshet.control.TaskRow;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.TestLake.TestPod;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Work goes on in a thread of its own here while the test moves time and ticks.
@Timeout(60)
class LeaseKeepingTest {
    private static final Duration QUARTER = Duration.ofSeconds(15);

    private final TestLake lake = new TestLake();
    private final CountDownLatch finish = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    /// Works until the test lets it finish.
    private TaskResult patient(RunContext context) throws InterruptedException {
        begun.countDown();
        finish.await();
        return lake.load(context);
    }

    /// Another thread is about to make it true; the class has a time limit.
    private static void ticksUntil(TestPod pod, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            quietly(pod);
        }
    }

    private static void quietly(TestPod pod) {
        try {
            pod.runner.tick();
        } catch (FreshetException _) {
            // the lake is out of reach
        }
    }

    private static boolean isReleased(TestPod pod) {
        return !pod.row("orders").isProcessing();
    }

    @Test
    void workLongerThanItsLeaseKeepsItByHeartbeats() throws InterruptedException {
        TestPod a = lake.podWithThreads("a");
        TestPod b = lake.pod("b");
        lake.work = this::patient;
        a.apply(definition("orders", every(600) + ",'stall_limit_secs':86400"));
        a.runner.tick();
        begun.await();
        for (int i = 0; i < 20; i++) {
            a.tick(1, QUARTER);
            b.runner.tick();
        }
        assertThat(a.row("orders").heartbeat()).isEqualTo(20);
        assertThat(a.row("orders").isProcessing()).isTrue();
        finish.countDown();
        ticksUntil(a, () -> isReleased(a));
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.podId()).isEqualTo("a");
            assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        });
    }

    @Test
    void anIdlePodCommitsNothing() {
        TestPod a = lake.pod("a");
        a.apply(definition("orders", every(86_400)));
        a.work();
        int before = lake.store.list(ControlTable.PATH + "/_delta_log", "").size();
        a.tick(100, QUARTER);
        assertThat(lake.store.list(ControlTable.PATH + "/_delta_log", "")).hasSize(before);
    }

    @Test
    void allLeasesOfAPodAreRenewedInOneCommit() throws InterruptedException {
        TestPod a = lake.podWithThreads("a");
        CountDownLatch all = new CountDownLatch(3);
        lake.work = context -> {
            all.countDown();
            return patient(context);
        };
        for (int i = 0; i < 3; i++) {
            a.apply(definition("t" + i, every(600)));
        }
        a.runner.tick();
        all.await();
        int before = lake.store.list(ControlTable.PATH + "/_delta_log", "").size();
        a.tick(1, QUARTER);
        assertThat(lake.store.list(ControlTable.PATH + "/_delta_log", "")).hasSize(before + 1);
        assertThat(a.control.rows()).extracting(TaskRow::heartbeat).containsOnly(1L);
        finish.countDown();
    }

    @Test
    void aRunWithoutProgressForItsStallLimitIsFailedAndReleased() throws InterruptedException {
        TestPod a = lake.podWithThreads("a");
        lake.work = this::patient;
        a.apply(definition("orders", every(600) + ",'stall_limit_secs':40,'retry':{'delays_secs':[]}"));
        a.runner.tick();
        begun.await();
        a.tick(3, QUARTER);
        ticksUntil(a, () -> isReleased(a));
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(run.errorCode()).isEqualTo("STALLED");
            assertThat(run.error()).contains("no progress for 40 seconds").contains("stall_limit_secs");
        });
        assertThat(a.row("orders").isProcessing()).isFalse();
    }

    @Test
    void aRunThatMakesProgressIsNotStalled() throws InterruptedException {
        TestPod a = lake.podWithThreads("a");
        CountDownLatch[] steps = {new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1)};
        CountDownLatch[] done = {new CountDownLatch(1), new CountDownLatch(1), new CountDownLatch(1)};
        lake.work = context -> {
            begun.countDown();
            for (int i = 0; i < steps.length; i++) {
                steps[i].await();
                context.progress(i + 1, 100);
                done[i].countDown();
            }
            return lake.load(context);
        };
        a.apply(definition("orders", every(600) + ",'stall_limit_secs':40"));
        a.runner.tick();
        begun.await();
        for (int i = 0; i < steps.length; i++) {
            a.tick(2, QUARTER);
            steps[i].countDown();
            done[i].await();
        }
        ticksUntil(a, () -> isReleased(a));
        assertThat(a.finished.getFirst().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aHolderThatCannotRenewEndsItsWorkAfterFourFifthsOfTheLease() throws InterruptedException {
        CutOffStore wire = new CutOffStore(lake.store);
        TestPod a = lake.pod("a", Duration.ZERO, false, wire);
        lake.work = this::patient;
        a.apply(definition("orders", every(600)));
        a.runner.tick();
        begun.await();
        wire.cut = true;
        for (int i = 0; i < 5; i++) {
            lake.pass(Duration.ofSeconds(10));
            quietly(a);
        }
        ticksUntil(a, () -> a.heard.stream().anyMatch(line -> line.contains("left to expire")));
        wire.cut = false;
        assertThat(a.life).last().asString().startsWith("lost ingest:orders: ");
        assertThat(lake.runs("orders")).isEmpty();
        lake.work = lake::load;
        TestPod b = lake.pod("b");
        b.tick(10, Duration.ofSeconds(10));
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.LOST, Outcome.SUCCEEDED);
    }

    @Test
    void aCommitOfUnknownOutcomeLeavesTheLeaseToExpireAndIsAdoptedIfItArrived() {
        LostReplies wire = new LostReplies(lake.store);
        TestPod a = lake.pod("a", Duration.ZERO, true, wire);
        a.apply(definition("orders", every(600)));
        wire.losing = true;
        a.work();
        wire.losing = false;
        assertThat(a.heard).anySatisfy(line -> assertThat(line).contains("left to expire"));
        assertThat(a.row("orders").isProcessing()).isTrue();
        assertThat(lake.runs("orders")).isEmpty();
        TestPod b = lake.pod("b");
        b.tick(10, Duration.ofSeconds(10));
        assertThat(lake.runs).hasValue(1);
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.adopted()).isTrue();
            assertThat(run.podId()).isEqualTo("a");
        });
    }

    @Test
    void aClaimThatLandedLateIsReleasedAndItsDueTimeRuns() {
        LateClaim wire = new LateClaim(lake.store);
        TestPod a = lake.pod("a", Duration.ZERO, true, wire);
        a.apply(definition("orders", every(600)));
        Instant due = a.row("orders").nextRunAt();
        wire.armed = true;
        a.runner.tick();
        wire.armed = false;
        assertThat(lake.runs).hasValue(0);
        assertThat(a.row("orders").isProcessing()).isTrue();
        a.tick(3, Duration.ofSeconds(1));
        a.runner.tick();
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(run.dueAt()).isEqualTo(due);
            assertThat(run.attempt()).isEqualTo(1);
        });
    }

    @Test
    void whatAClaimThatLandedLatePassedOverIsNotForgottenWhenItsScheduleIsDisabled() {
        LateClaim wire = new LateClaim(lake.store);
        TestPod a = lake.pod("a", Duration.ZERO, true, wire);
        a.apply(definition("orders", "'trigger':{'type':'cron','expr':'* * * * *'}"));
        a.work();
        lake.pass(Duration.ofMinutes(3));
        wire.armed = true;
        a.runner.tick();
        wire.armed = false;
        Instant first = a.row("orders").missedFrom();
        a.schedules.setEnabled("orders", false);
        a.tick(3, Duration.ofSeconds(1));

        assertThat(lake.runs("orders"))
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.SUCCEEDED, Outcome.SKIPPED);
        assertThat(lake.runs("orders").getLast().missedFrom()).isEqualTo(first).isNotNull();
        assertThat(lake.runs("orders").getLast().count()).isEqualTo(3);
    }

    @Test
    void aStoppedProcessHandsItsWorkBackAndClaimsNothing() throws InterruptedException {
        TestPod a = lake.podWithThreads("a");
        lake.work = this::patient;
        a.apply(definition("orders", every(600)));
        a.runner.tick();
        begun.await();
        Instant due = a.row("orders").dueAt();
        a.runner.close();
        TaskRow row = a.row("orders");
        assertThat(row.isProcessing()).isFalse();
        assertThat(row.dueAt()).isEqualTo(due);
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(run.reason()).isEqualTo("shutdown");
            assertThat(run.settled()).isFalse();
        });
        lake.work = lake::load;
        TestPod b = lake.pod("b");
        b.work();
        assertThat(lake.runs("orders").getLast().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.runs("orders").getLast().dueAt()).isEqualTo(due);
        assertThat(lake.runs("orders").getLast().attempt()).isEqualTo(1);
        a.runner.close();
    }

    @Test
    void workThatEndsWithinTheGracePeriodIsReleasedAsDone() throws InterruptedException {
        TestPod a = lake.podWithThreads("a");
        lake.work = context -> {
            begun.countDown();
            return lake.load(context);
        };
        a.apply(definition("orders", every(600)));
        a.runner.tick();
        begun.await();
        a.runner.close();
        assertThat(a.row("orders").isProcessing()).isFalse();
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.SUCCEEDED);
    }

    @Test
    void theBackgroundServiceRunsWhatIsDueUntilItIsClosed() throws InterruptedException {
        TestPod a = lake.podWithThreads("a");
        CountDownLatch three = new CountDownLatch(3);
        lake.work = context -> {
            three.countDown();
            return lake.load(context);
        };
        a.apply(definition("orders", every(10)));
        a.runner.start();
        three.await();
        a.runner.close();
        int runs = lake.runs.get();
        assertThat(a.row("orders").isProcessing()).isFalse();
        lake.pass(Duration.ofMinutes(10));
        assertThat(lake.runs).hasValue(runs);
        assertThat(lake.runs("orders")).hasSize(runs).allMatch(run -> run.outcome() == Outcome.SUCCEEDED);
    }

    /// The lake cannot be reached while it is cut.
    private static final class CutOffStore extends InterceptedStore {
        private volatile boolean cut;

        CutOffStore(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (cut) {
                throw StoreException.unknown("the wire is cut", null);
            }
            return action.get();
        }
    }

    /// Puts to datasets arrive, but their replies do not, and nothing of them can be read.
    private static final class LostReplies extends InterceptedStore {
        private volatile boolean losing;

        LostReplies(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (losing && operation == Operation.PUT && key.startsWith("datasets/")) {
                T _ = action.get();
                throw StoreException.unknown("no reply", null);
            }
            if (losing && operation != Operation.PUT && key.startsWith("datasets/orders/_delta_log/0")) {
                throw StoreException.unknown("no reply", null);
            }
            return action.get();
        }
    }

    /// The first put to the control table arrives, but neither it nor its repetitions are answered.
    private static final class LateClaim extends InterceptedStore {
        private volatile boolean armed;
        private volatile boolean arrived;

        LateClaim(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (armed && operation == Operation.PUT && key.startsWith(ControlTable.PATH + "/_delta_log")) {
                if (!arrived) {
                    arrived = true;
                    T _ = action.get();
                }
                throw StoreException.unknown("no reply", null);
            }
            return action.get();
        }
    }
}
