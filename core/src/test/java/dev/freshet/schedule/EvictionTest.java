package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static dev.freshet.schedule.TestLake.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.PodHost.Died;
import dev.freshet.schedule.TestLake.TestPod;
import dev.freshet.table.CommitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A task is taken from its holder by force, before its lease has expired.
class EvictionTest {
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final JsonNode ORDERS = json("{'type':'mysql','table':'orders'}");

    private final TestLake lake = new TestLake();
    private final TestPod a = lake.pod("a");
    private final TestPod b = lake.pod("b");
    private final AtomicReference<Optional<RunRecord>> former = new AtomicReference<>(Optional.empty());

    @Test
    void aLivingHolderCommitsNothingMoreAndItsDueTimeIsSettledOnceByAnother() {
        Instant due = loadedAndDueAgain();
        AtomicReference<CommitOutcome> commit = new AtomicReference<>();
        lake.work = context -> {
            evict();
            lake.work = lake::load;
            commit.set(context.commit(_ -> TestLake.empty(), context.startedFrom(), Map.of()));
            return TaskResult.unchanged("not committed");
        };
        a.runner.tick();
        assertThat(commit.get()).isInstanceOf(CommitOutcome.Fenced.class);
        assertThat(former.get()).hasValueSatisfying(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.LOST);
            assertThat(run.podId()).isEqualTo("a");
            assertThat(run.reason()).isEqualTo("released by ann@desk");
            assertThat(run.error()).isEqualTo("ingest:orders: released by ann@desk while pod a held it");
        });
        TaskRow free = b.row("orders");
        assertThat(free.isProcessing()).isFalse();
        assertThat(free.dueAt()).isEqualTo(due);
        assertThat(free.lastOutcome()).isEqualTo("lost");
        assertThat(free.lastError()).contains("released by ann@desk");
        b.work();
        assertThat(lake.runs("orders"))
                .filteredOn(run -> due.equals(run.dueAt()))
                .satisfiesExactly(lost -> assertThat(lost.outcome()).isEqualTo(Outcome.LOST), succeeded -> {
                    assertThat(succeeded.outcome()).isEqualTo(Outcome.SUCCEEDED);
                    assertThat(succeeded.attempt()).isEqualTo(2);
                    assertThat(succeeded.fence())
                            .isGreaterThan(former.get().orElseThrow().fence());
                });
        a.tick(30, TICK);
        b.tick(30, TICK);
        assertThat(lake.runs("orders").stream().filter(run -> due.equals(run.dueAt()) && run.settled()))
                .hasSize(1);
    }

    @Test
    void aHolderThatIsReadyToReleaseFindsItsLeaseLostAndWritesNothing() {
        a.apply(definition("orders", every(6000)));
        a.runner.tick();
        evict();
        assertThat(former.get())
                .as("what it had recorded stands")
                .hasValueSatisfying(run -> assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED));
        TaskRow free = b.row("orders");
        assertThat(free.isProcessing()).isFalse();
        assertThat(free.dueAt()).isNull();
        a.runner.tick();
        assertThat(a.heard)
                .contains("warning ingest:orders: another process had taken the task before it was released");
        assertThat(b.row("orders")).isEqualTo(free);
        assertThat(lake.runs("orders")).hasSize(1);
        assertThat(lake.runs).hasValue(1);
    }

    @Test
    void whatTheHolderHasCommittedIsAdoptedAndNotRepeated() {
        a.apply(definition("orders", every(6000)));
        dies("after-data-commit");
        evict();
        assertThat(former.get()).hasValueSatisfying(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(run.adopted()).isTrue();
        });
        b.tick(9, TICK);
        assertThat(lake.runs).hasValue(1);
        assertThat(lake.runs("orders")).hasSize(1);
    }

    @Test
    void aLivingHolderThatLoadsTheTableForTheFirstTimeCannotCreateItAnyMore() {
        a.apply(definition("orders", every(6000)));
        lake.work = context -> {
            evictWith(lake.podWithThreads("c"));
            lake.work = lake::load;
            return lake.commit(context);
        };
        a.runner.tick();
        assertThat(former.get())
                .hasValueSatisfying(run -> assertThat(run.outcome()).isEqualTo(Outcome.LOST));
        assertThat(lake.table("orders").schema().columns())
                .as("what carries the fence, and not what it tried to create")
                .isEmpty();
        b.work();
        assertThat(lake.table("orders").schema().columns()).isNotEmpty();
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.LOST, Outcome.SUCCEEDED);
    }

    @Test
    void aDeadHoldersTaskIsFreeAtOnceAndNotOnlyWhenItsLeaseExpires() {
        loadedAndDueAgain();
        dies("after-claim");
        Instant died = b.now();
        evict();
        b.work();
        assertThat(Duration.between(died, b.now())).isLessThan(Duration.ofSeconds(1));
        assertThat(lake.runs("orders"))
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.SUCCEEDED, Outcome.LOST, Outcome.SUCCEEDED);
    }

    @Test
    void theLastAttemptOfADueTimeSettlesItAndTheNextOneFollows() {
        Instant due = loadedAndDueAgain(",'retry':{'delays_secs':[]}");
        dies("after-claim");
        evict();
        assertThat(former.get()).hasValueSatisfying(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.LOST);
            assertThat(run.settled()).isTrue();
            assertThat(run.dueAt()).isEqualTo(due);
        });
        assertThat(b.row("orders").nextRunAt()).isAfter(due);
        assertThat(b.row("orders").failureCount()).isEqualTo(1);
    }

    @Test
    void aRequestThatTheHolderServedIsPendingAgain() throws InterruptedException {
        a.apply(definition("orders", every(6000)));
        a.work();
        a.runner.request("orders");
        Instant request = a.row("orders").requestedAt();
        dies("after-claim");
        evict();
        assertThat(b.row("orders").requestedAt()).isEqualTo(request);
        b.work();
        assertThat(b.row("orders").requestedAt()).isNull();
        assertThat(lake.runs("orders").getLast().requestedAt()).isEqualTo(request);
        assertThat(lake.runs("orders"))
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.SUCCEEDED, Outcome.LOST, Outcome.SUCCEEDED);
    }

    @Test
    void oneShotWorkIsRecordedAsLostAndNeverRepeated() throws InterruptedException {
        TaskKind kind = new FakeKind("mysql", _ -> context -> lake.work.run(context));
        a.runner.once(kind, ORDERS, true);
        a.host.dieAt("after-claim");
        assertThatThrownBy(() -> a.runner.once(kind, ORDERS, true)).isInstanceOf(Died.class);
        evict();
        b.tick(30, TICK);
        assertThat(lake.runs).hasValue(1);
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.SUCCEEDED, Outcome.LOST);
    }

    @Test
    void whoeverTookTheTaskMeanwhileKeepsIt() throws InterruptedException {
        a.apply(definition("orders", every(60)));
        dies("after-claim");
        TaskRow seen = b.row("orders");
        b.tick(9, TICK);
        b.host.dieAt("after-claim");
        assertThatThrownBy(() -> b.tick(60, TICK)).isInstanceOf(Died.class);
        TestPod c = lake.pod("c");
        TaskRow held = c.row("orders");
        assertThat(held.podId()).isEqualTo("b");
        assertThat(c.runner.evict(seen, "ann@desk"))
                .as("the run of the one that was seen")
                .hasValueSatisfying(run -> assertThat(run.podId()).isEqualTo("a"));
        assertThat(c.row("orders")).isEqualTo(held);
    }

    @Test
    void whoEvictsAndDiesLeavesNothingBehindThatAnExpiryDoesNotSettle() {
        Instant due = loadedAndDueAgain();
        dies("after-claim");
        TestPod c = lake.pod("c");
        c.host.dieAt("after-claim");
        TaskRow held = c.row("orders");
        assertThatThrownBy(() -> c.runner.evict(held, "ann@desk")).isInstanceOf(Died.class);
        b.tick(18, TICK);
        assertThat(lake.runs("orders"))
                .filteredOn(run -> due.equals(run.dueAt()))
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.LOST, Outcome.LOST, Outcome.SUCCEEDED);
    }

    @Test
    void whatNoFreshetHoldsIsNotTaken() {
        TaskRow foreign = TaskRow.idle("ingest:orders", a.now());
        assertThatThrownBy(() -> a.runner.evict(foreign, "ann@desk"))
                .isInstanceOfSatisfying(
                        FreshetException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }

    private Instant loadedAndDueAgain() {
        return loadedAndDueAgain("");
    }

    /// There is a table, so that it has a fence; returns the due time that has come.
    private Instant loadedAndDueAgain(String rest) {
        a.apply(definition("orders", every(6000) + rest));
        a.work();
        Instant due = a.row("orders").nextRunAt();
        lake.pass(Duration.between(a.now(), due));
        return due;
    }

    private void evict() {
        evictWith(lake.pod("c"));
    }

    private void evictWith(TestPod c) {
        try {
            former.set(c.runner.evict(c.row("orders"), "ann@desk"));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void dies(String point) {
        a.host.dieAt(point);
        assertThatThrownBy(() -> a.runner.tick()).isInstanceOf(Died.class);
    }
}
