package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.control.TaskRow;
import dev.freshet.schedule.PodHost.Died;
import dev.freshet.schedule.TestLake.TestPod;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import dev.freshet.table.FencedWrite;
import dev.freshet.table.Mark;
import dev.freshet.table.OnForeignCommit;
import dev.freshet.table.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pods die here: they are killed at a point and never touched again.
class TakeoverTest {
    private static final Duration TICK = Duration.ofSeconds(10);
    private static final Duration TWO_LEASES_AND_A_TICK = Duration.ofSeconds(130);

    private final TestLake lake = new TestLake();
    private final TestPod a = lake.pod("a");
    private final TestPod b = lake.pod("b");

    @ParameterizedTest
    @ValueSource(strings = {"after-claim", "before-data-commit", "after-data-commit", "after-ledger"})
    void whereverAPodDiesItsDueTimeIsSettledOnceWithinTwoLeasesAndATick(String point) {
        Instant due = a.now();
        a.apply(definition("orders", every(600)));
        dies(a, point);
        Instant died = a.now();
        while (b.row("orders").isProcessing() && b.now().isBefore(died.plusSeconds(3600))) {
            b.tick(1, TICK);
        }
        assertThat(Duration.between(died, b.now())).isLessThanOrEqualTo(TWO_LEASES_AND_A_TICK);
        List<RunRecord> settled =
                lake.runs("orders").stream().filter(RunRecord::settled).toList();
        assertThat(settled).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(run.dueAt()).isEqualTo(due);
        });
        assertThat(lake.table("orders").domain("freshet.ingest")).isPresent();
        assertThat(b.row("orders").dueAt()).isNull();
        assertThat(b.row("orders").nextRunAt()).isAfter(due);
        b.tick(6, TICK);
        assertThat(lake.runs("orders").stream().filter(RunRecord::settled)).hasSize(1);
    }

    @Test
    void aPodThatDiesBetweenDataCommitAndReleaseIsAdoptedNotRepeated() {
        a.apply(definition("orders", every(600)));
        String runId = dies(a, "after-data-commit");
        long version = lake.table("orders").version();
        b.tick(9, TICK);
        assertThat(lake.runs).hasValue(1);
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.adopted()).isTrue();
            assertThat(run.runId()).isEqualTo(runId);
            assertThat(run.version()).isEqualTo(version);
            assertThat(run.rows()).isEqualTo(3);
            assertThat(run.bytes()).isEqualTo(300);
            assertThat(run.podId()).isEqualTo("a");
            assertThat(run.reason()).isEqualTo("adopted by b");
        });
        assertThat(b.heard).contains("reclaimed ingest:orders from a", "adopted ingest:orders");
        assertThat(b.row("orders").lastOutcome()).isEqualTo("succeeded");
        assertThat(b.row("orders").runCount()).isEqualTo(1);
    }

    @Test
    void aPodThatDiesBetweenLedgerAndReleaseIsReleasedByAnother() {
        a.apply(definition("orders", every(600)));
        dies(a, "after-ledger");
        RunRecord recorded = lake.runs("orders").getFirst();
        b.tick(9, TICK);
        assertThat(lake.runs).hasValue(1);
        assertThat(lake.runs("orders")).hasSize(1);
        assertThat(b.row("orders").isProcessing()).isFalse();
        assertThat(b.row("orders").nextRunAt()).isAfter(recorded.finishedAt());
    }

    @Test
    void anUnchangedRunThatWasRecordedIsReleasedAndNotRepeated() {
        lake.work = _ -> {
            lake.runs.incrementAndGet();
            return TaskResult.unchanged("nothing new");
        };
        a.apply(definition("orders", every(600)));
        dies(a, "after-ledger");
        b.tick(9, TICK);
        assertThat(lake.runs).hasValue(1);
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.UNCHANGED);
        assertThat(b.row("orders").nextRunAt())
                .isEqualTo(lake.runs("orders").getFirst().finishedAt().plusSeconds(600));
    }

    @Test
    void aFailedAttemptThatWasRecordedIsRetriedAtItsTimeByAnother() {
        lake.work = _ -> {
            throw new IllegalStateException("no");
        };
        a.apply(definition("orders", every(6000) + ",'retry':{'delays_secs':[500]}"));
        dies(a, "after-ledger");
        lake.work = lake::load;
        b.tick(9, TICK);
        assertThat(lake.runs).hasValue(0);
        TaskRow row = b.row("orders");
        assertThat(Duration.between(lake.runs("orders").getFirst().finishedAt(), row.retryAt()))
                .isBetween(Duration.ofSeconds(450), Duration.ofSeconds(550));
        b.tick(60, TICK);
        assertThat(lake.runs("orders")).extracting(RunRecord::attempt).containsExactly(1, 2);
        assertThat(lake.runs("orders"))
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
    }

    @Test
    void aHolderWhoseSuccessorDiesBeforeItWritesThatDownIsInTheLedgerToo() {
        a.apply(definition("orders", every(6000) + ",'retry':{'delays_secs':[60,60,60]}"));
        String first = dies(a, "before-data-commit");
        String second = dies(lake.pod("second"), "after-claim", TICK);
        String third = dies(lake.pod("third"), "after-claim", TICK);
        b.tick(30, TICK);
        List<RunRecord> runs = lake.runs("orders");
        assertThat(runs)
                .extracting(RunRecord::outcome)
                .containsExactly(Outcome.LOST, Outcome.LOST, Outcome.LOST, Outcome.SUCCEEDED);
        assertThat(runs).extracting(RunRecord::runId).startsWith(first, second, third);
        assertThat(runs).extracting(RunRecord::attempt).containsExactly(1, 2, 3, 4);
        assertThat(runs).extracting(RunRecord::settled).containsExactly(false, false, false, true);
    }

    @Test
    void aLostAttemptUsesARetryAndWorkThatKillsItsProcessDoesNotLoop() {
        a.apply(definition("orders", every(6000) + ",'retry':{'delays_secs':[60,60]}"));
        for (int i = 0; i < 3; i++) {
            TestPod victim = lake.pod("victim" + i);
            dies(victim, "before-data-commit", TICK);
        }
        b.tick(30, TICK);
        List<RunRecord> runs = lake.runs("orders");
        assertThat(runs).extracting(RunRecord::outcome).containsOnly(Outcome.LOST);
        assertThat(runs).extracting(RunRecord::attempt).containsExactly(1, 2, 3);
        assertThat(runs).extracting(RunRecord::settled).containsExactly(false, false, true);
        assertThat(lake.runs).hasValue(3);
        assertThat(b.row("orders").isProcessing()).isFalse();
        assertThat(b.row("orders").lastOutcome()).isEqualTo("lost");
        assertThat(b.row("orders").failureCount()).isEqualTo(1);
    }

    @Test
    void aHolderThatWakesUpAfterItsSuccessorFinishedCommitsNothingAndReleasesNothing() {
        a.host.machine().at("before-data-commit", () -> b.tick(9, TICK));
        a.apply(definition("orders", every(6000)));
        a.runner.tick();
        Fence fence = lake.runs("orders").getLast().fence();
        long version = lake.table("orders").version();
        TaskRow row = b.row("orders");
        a.tick(3, TICK);
        assertThat(lake.table("orders").version()).isEqualTo(version);
        assertThat(b.row("orders")).isEqualTo(row);
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.LOST, Outcome.SUCCEEDED);
        assertThat(lake.runs("orders")).extracting(RunRecord::podId).containsExactly("a", "b");
        assertThat(lake.runs("orders").getFirst().fence()).isLessThan(fence);
    }

    @Test
    void aCommitThatLandsJustBeforeTheRaiseIsAdopted() {
        // b has claimed and is about to raise when a, which knows nothing of it, commits
        a.host.machine().at("before-data-commit", () -> {
            b.host.machine().at("after-claim", () -> {
                b.host.machine().at("after-claim", () -> {});
                a.host.machine().at("before-data-commit", () -> {});
                commitAsFormerHolder();
            });
            b.tick(9, TICK);
        });
        a.apply(definition("orders", every(6000)));
        a.runner.tick();
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.adopted()).isTrue();
            assertThat(run.runId()).isEqualTo("former");
        });
        assertThat(lake.runs).hasValue(1);
    }

    /// What a's commit would be, had its process not noticed how late it is.
    private void commitAsFormerHolder() {
        TaskRow held = lake.pod("eye").row("orders");
        Instant due = Objects.requireNonNull(held.dueAt());
        Fence before = new Fence(held.fence().epoch(), held.fence().version() - 1);
        new FencedWrite(lake.clock)
                .commit(
                        new DeltaTable(lake.store, "datasets/orders", lake.clock),
                        new Mark(
                                "ingest",
                                "ingest:orders",
                                before,
                                "former",
                                Optional.of(due),
                                Optional.empty(),
                                Position.none(),
                                ""),
                        Position.none(),
                        OnForeignCommit.PROCEED,
                        _ -> TestLake.empty());
    }

    @Test
    void theFenceIsRaisedBeforeASuccessorBegins() {
        a.apply(definition("orders", every(60)));
        a.work();
        dies(a, "before-data-commit", Duration.ofSeconds(61));
        lake.work = context -> {
            assertThat(Mark.in(lake.table("orders"), "ingest").orElseThrow().fence())
                    .isEqualTo(context.fence());
            return lake.load(context);
        };
        b.tick(9, TICK);
        assertThat(lake.runs("orders").getLast().podId()).isEqualTo("b");
        assertThat(lake.runs("orders").getLast().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aTaskWhoseScheduleIsGoneIsSettledAndLeftAlone() {
        a.apply(definition("orders", every(600)));
        dies(a, "after-claim");
        b.schedules.delete("orders");
        b.tick(12, TICK);
        assertThat(b.row("orders").isProcessing()).isFalse();
        assertThat(lake.runs("orders")).extracting(RunRecord::outcome).containsExactly(Outcome.LOST, Outcome.SKIPPED);
        assertThat(lake.runs("orders").getLast().reason()).isEqualTo("deleted");
        assertThat(lake.runs).hasValue(0);
        assertThat(b.row("orders").scheduleId()).isNull();
    }

    @Test
    void missedDueTimesOfADeadPodAreCountedOnce() {
        a.apply(definition("orders", "'trigger':{'type':'cron','expr':'* * * * *'}"));
        a.work();
        dies(a, "after-claim", Duration.ofMinutes(10));
        b.tick(9, TICK);
        List<RunRecord> missed = lake.runs("orders").stream()
                .filter(run -> run.outcome() == Outcome.MISSED)
                .toList();
        assertThat(missed).singleElement().extracting(RunRecord::count).isEqualTo(9L);
        assertThat(b.row("orders").missedCount()).isEqualTo(9);
    }

    @Test
    void theFencesOfATargetNeverDecrease() {
        a.apply(definition("orders", every(30)));
        for (int i = 0; i < 5; i++) {
            TestPod victim = lake.pod("victim" + i);
            dies(victim, i % 2 == 0 ? "before-data-commit" : "after-data-commit", Duration.ofSeconds(31));
            b.tick(10, TICK);
        }
        List<Fence> fences = new ArrayList<>();
        for (long version = 0; version <= lake.table("orders").version(); version++) {
            new DeltaTable(lake.store, "datasets/orders", lake.clock)
                    .at(version)
                    .domain("freshet.ingest")
                    .ifPresent(json -> fences.add(fence(json)));
        }
        assertThat(fences).hasSizeGreaterThan(10).isSorted();
        List<RunRecord> settled =
                lake.runs("orders").stream().filter(RunRecord::settled).toList();
        assertThat(settled).extracting(RunRecord::dueAt).doesNotHaveDuplicates();
    }

    private static Fence fence(String domain) {
        JsonNode fence = TestLake.json(domain).get("fence");
        return new Fence(fence.get(0).asLong(), fence.get(1).asLong());
    }

    /// Lets the pod work until it is killed there; returns the run's id.
    private static String dies(TestPod pod, String point) {
        return dies(pod, point, Duration.ZERO);
    }

    private static String dies(TestPod pod, String point, Duration later) {
        pod.host.dieAt(point);
        pod.host.machine().pass(later);
        assertThatThrownBy(() -> pod.tick(60, later.isZero() ? later : TICK)).isInstanceOf(Died.class);
        return Objects.requireNonNull(pod.row("orders").token());
    }
}
