package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static dev.freshet.schedule.TestLake.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.control.ControlTable;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.PodHost.Died;
import dev.freshet.schedule.TestLake.TestPod;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ForegroundTest {
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final JsonNode ORDERS = json("{'type':'mysql','table':'orders'}");

    private final TestLake lake = new TestLake();
    private final TestPod a = lake.pod("a");
    private final TestPod b = lake.pod("b");
    private final TaskKind kind = new FakeKind("mysql", _ -> context -> lake.work.run(context));

    @Test
    void oneShotWorkNeedsNoScheduleAndIsInTheLedger() throws InterruptedException {
        RunRecord run = a.runner.once(kind, ORDERS, true);
        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run.schedule()).isNull();
        assertThat(run.dueAt()).isNull();
        assertThat(run.requestedAt()).isNotNull();
        assertThat(lake.runs("orders")).containsExactly(run);
        assertThat(a.row("orders").isProcessing()).isFalse();
        b.tick(30, TICK);
        assertThat(lake.runs).hasValue(1);
    }

    @Test
    void whoWaitsForARunIsNotToldOfAnEarlierOneThatAClockAheadRequested() throws InterruptedException {
        a.apply(definition("orders", every(600)));
        a.work();
        lake.pod("ahead", Duration.ofHours(3), true, lake.store).runner.request("orders");
        a.work();
        RunRecord earlier = lake.runs("orders").getLast();
        lake.pass(Duration.ofSeconds(700));
        b.host.dieAt("after-claim");
        assertThatThrownBy(b::work).isInstanceOf(Died.class);
        RunRecord run = a.runner.runNow("orders", true);
        assertThat(run.requestedAt()).isAfter(earlier.requestedAt());
        assertThat(lake.runs("orders").getLast()).isEqualTo(run);
    }

    /// A request is known by its time: of two with the same one the second would be taken for the first.
    @Test
    void aRequestIsLaterThanTheLastOneThoughTheClockWasSetBack() throws InterruptedException {
        RunRecord first = a.runner.once(kind, ORDERS, true);
        lake.clock.pass(Duration.between(lake.clock.now(), first.requestedAt()));
        RunRecord second = a.runner.once(kind, ORDERS, true);
        assertThat(second.requestedAt()).isAfter(first.requestedAt());
    }

    @Test
    void aRequestIsLaterThanAnEarlierOneThoughTheClockWasSetBackAndADueRunCameBetween() throws InterruptedException {
        a.apply(definition("orders", every(600)));
        RunRecord first = a.runner.once(kind, ORDERS, true);
        a.work();
        lake.clock.pass(Duration.between(lake.clock.now(), first.requestedAt()));
        RunRecord second = a.runner.once(kind, ORDERS, true);
        assertThat(second.requestedAt()).isAfter(first.requestedAt());
    }

    @Test
    void aForegroundRunIsReleasedWithoutAPause() throws InterruptedException {
        Instant begun = lake.clock.now();
        a.runner.once(kind, ORDERS, true);
        assertThat(Duration.between(begun, lake.clock.now())).isLessThan(Duration.ofMillis(100));
        assertThat(a.row("orders").isProcessing()).isFalse();
    }

    @Test
    void oneShotWorkLeavesTheSchedulesDueTimeAlone() throws InterruptedException {
        a.apply(definition("orders", every(600)));
        a.work();
        Instant nextRunAt = a.row("orders").nextRunAt();
        b.runner.once(kind, ORDERS, true);
        assertThat(b.row("orders").nextRunAt()).isEqualTo(nextRunAt);
        assertThat(b.row("orders").scheduleId()).isEqualTo("orders");
        assertThat(lake.runs("orders")).extracting(RunRecord::schedule).containsExactly("orders", null);
    }

    @Test
    void oneShotWorkDoesNotDisturbARetry() throws InterruptedException {
        lake.work = _ -> {
            throw new IllegalStateException("no");
        };
        a.apply(definition("orders", every(6000) + ",'retry':{'delays_secs':[600]}"));
        a.work();
        TaskRow waiting = a.row("orders");
        lake.work = lake::load;
        b.runner.once(kind, ORDERS, true);
        assertThat(b.row("orders").dueAt()).isEqualTo(waiting.dueAt());
        assertThat(b.row("orders").retryAt()).isEqualTo(waiting.retryAt());
        assertThat(b.row("orders").attempt()).isEqualTo(1);
        a.tick(80, TICK);
        assertThat(lake.runs("orders").stream().filter(run -> waiting.dueAt().equals(run.dueAt())))
                .extracting(RunRecord::attempt)
                .containsExactly(1, 2);
    }

    @Test
    void aFailedOneShotReturnsItsRecordWithTheCode() throws InterruptedException {
        lake.work = _ -> {
            throw new FreshetException(ErrorCode.TABLE_MISSING, "there is no table orders");
        };
        RunRecord run = a.runner.once(kind, ORDERS, true);
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.settled()).isTrue();
        assertThat(run.errorCode()).isEqualTo("TABLE_MISSING");
        assertThat(run.error()).isEqualTo("there is no table orders");
        assertThat(lake.runs("orders")).containsExactly(run);
    }

    @Test
    void workAskedOfASchedulesTaskIsDoneOnItsTermsAndLeavesItsDueTimeAlone() throws InterruptedException {
        a.apply(definition("orders", every(600) + ",'lease_secs':7"));
        a.work();
        TaskRow before = a.row("orders");
        AtomicReference<Duration> lease = new AtomicReference<>();
        lake.work = context -> {
            lease.set(a.row("orders").leaseLength());
            return lake.load(context);
        };
        RunRecord run = b.runner.once(kind, ORDERS, a.schedules.get("orders"), true);
        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lease).hasValue(Duration.ofSeconds(7));
        assertThat(a.row("orders").nextRunAt()).isEqualTo(before.nextRunAt());
    }

    @Test
    void aHeldTaskIsRefusedToThoseWhoDoNotWait() {
        AtomicReference<FreshetException> refusal = new AtomicReference<>();
        lake.work = context -> {
            try {
                b.runner.once(kind, ORDERS, false);
            } catch (FreshetException e) {
                refusal.set(e);
            }
            return lake.load(context);
        };
        a.apply(definition("orders", every(600)));
        a.work();
        assertThat(refusal.get().code()).isEqualTo(ErrorCode.LEASE_HELD);
        assertThat(refusal.get()).hasMessageContaining("ingest:orders is held by pod a since");
        assertThat(lake.runs).hasValue(1);
    }

    @Test
    void whoWaitsIsToldWhoHoldsTheTaskAndRunsWhenTheHolderIsDead() throws InterruptedException {
        a.apply(definition("orders", every(600)));
        a.host.dieAt("after-claim");
        assertThatThrownBy(() -> a.runner.tick()).isInstanceOf(Died.class);
        RunRecord run = b.runner.once(kind, ORDERS, true);
        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run.podId()).isEqualTo("b");
        assertThat(run.schedule()).isNull();
        assertThat(b.heard)
                .contains("waiting for ingest:orders of a", "lost ingest:orders")
                .as("it does not wait for itself while it settles the dead one's run")
                .doesNotContain("waiting for ingest:orders of b");
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.LOST, Outcome.SUCCEEDED);
        TestPod c = lake.pod("c");
        c.work();
        assertThat(lake.runs("orders"))
                .as("the schedule's due time is still to be run")
                .extracting(RunRecord::attempt)
                .containsExactly(1, 1, 2);
    }

    @Test
    void oneShotWorkOfADeadProcessIsRecordedAsLostAndNeverRepeated() {
        a.host.dieAt("after-claim");
        assertThatThrownBy(() -> a.runner.once(kind, ORDERS, true)).isInstanceOf(Died.class);
        b.tick(30, TICK);
        assertThat(lake.runs).hasValue(0);
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.LOST);
            assertThat(run.settled()).isTrue();
            assertThat(run.podId()).isEqualTo("a");
        });
        assertThat(b.row("orders").isProcessing()).isFalse();
    }

    @Test
    void oneShotWorkThatWasCommittedIsAdopted() {
        a.host.dieAt("after-data-commit");
        assertThatThrownBy(() -> a.runner.once(kind, ORDERS, true)).isInstanceOf(Died.class);
        b.tick(30, TICK);
        assertThat(lake.runs).hasValue(1);
        assertThat(lake.runs("orders"))
                .singleElement()
                .satisfies(run -> assertThat(run.adopted()).isTrue());
    }

    @Test
    void aRequestThatAnotherPodServesIsFollowedToItsOutcome() throws InterruptedException {
        a.apply(definition("orders", every(600)).replace("'enabled':true", "'enabled':false"));
        a.work();
        TestPod slow = lake.pod("slow", Duration.ZERO, true, new OvertakenStore(lake.store, b));
        RunRecord run = slow.runner.runNow("orders", true);
        assertThat(run.podId()).isEqualTo("b");
        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.runs).hasValue(1);
    }

    @Test
    void aRequestForATaskThatADeadPodHadFinishedRunsAfterItsAdoption() throws InterruptedException {
        a.apply(definition("orders", every(6000)));
        a.host.dieAt("after-data-commit");
        assertThatThrownBy(() -> a.runner.tick()).isInstanceOf(Died.class);
        RunRecord run = b.runner.runNow("orders", true);
        assertThat(run.podId()).isEqualTo("b");
        assertThat(run.adopted()).isFalse();
        assertThat(run.requestedAt()).isNotNull();
        assertThat(lake.runs("orders")).extracting(RunRecord::adopted).containsExactly(true, false);
        assertThat(lake.runs).hasValue(2);
    }

    /// Right after a request was written through it, another pod serves it.
    private static final class OvertakenStore extends InterceptedStore {
        private final TestPod faster;
        private boolean overtaken;

        OvertakenStore(Store store, TestPod faster) {
            super(store);
            this.faster = faster;
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            T result = action.get();
            if (operation == Operation.PUT && key.startsWith(ControlTable.PATH) && !overtaken) {
                overtaken = true;
                faster.work();
            }
            return result;
        }
    }
}
