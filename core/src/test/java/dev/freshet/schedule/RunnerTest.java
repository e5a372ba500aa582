package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.TestLake.TestPod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RunnerTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestLake lake = new TestLake();
    private final TestPod a = lake.pod("a");
    private final TestPod b = lake.pod("b");

    @Test
    void aNewScheduleRunsInTheFirstTickAndIsSettled() {
        Instant created = a.now();
        a.apply(definition("orders", every(120)));
        a.work();
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(run.settled()).isTrue();
            assertThat(run.schedule()).isEqualTo("orders");
            assertThat(run.dueAt()).isEqualTo(created);
            assertThat(run.requestedAt()).isNull();
            assertThat(run.attempt()).isEqualTo(1);
            assertThat(run.rows()).isEqualTo(3);
            assertThat(run.bytes()).isEqualTo(300);
            assertThat(run.version()).isEqualTo(lake.table("orders").version());
            assertThat(run.podId()).isEqualTo("a");
            assertThat(run.adopted()).isFalse();
        });
        assertThat(a.row("orders").runCount()).isEqualTo(1);
    }

    @Test
    void anIntervalOf120IsDueExactly120SecondsAfterCompletion() {
        lake.work = context -> {
            lake.pass(Duration.ofSeconds(7));
            return lake.load(context);
        };
        a.apply(definition("orders", every(120)));
        a.work();
        TaskRow row = a.row("orders");
        assertThat(row.nextRunAt()).isEqualTo(row.completedAt().plusSeconds(120));
        assertThat(row.completedAt()).isEqualTo(lake.runs("orders").getFirst().finishedAt());
    }

    @Test
    void whatIsInTheFutureIsNotDue() {
        a.apply(definition("orders", every(120)));
        a.work();
        a.tick(11, Duration.ofSeconds(10));
        assertThat(lake.runs).hasValue(1);
        a.tick(2, Duration.ofSeconds(10));
        assertThat(lake.runs).hasValue(2);
    }

    @Test
    void aDisabledScheduleIsNotDueUntilItIsEnabled() {
        a.apply(definition("orders", every(10)).replace("'enabled':true", "'enabled':false"));
        a.tick(5, MINUTE);
        assertThat(lake.runs).hasValue(0);
        a.schedules.setEnabled("orders", true);
        a.work();
        assertThat(lake.runs).hasValue(1);
        a.schedules.setEnabled("orders", false);
        a.tick(5, MINUTE);
        assertThat(lake.runs).hasValue(1);
    }

    @Test
    void twoPodsShareTenSchedulesAndEveryDueTimeIsSettledOnce() {
        for (int i = 0; i < 10; i++) {
            a.apply(definition("t" + i, every(10)));
        }
        for (int i = 0; i < 30; i++) {
            lake.pass(Duration.ofSeconds(2));
            (i % 2 == 0 ? a : b).runner.tick();
        }
        a.runner.tick();
        b.runner.tick();
        List<RunRecord> runs = lake.ledger().runs();
        assertThat(runs).hasSizeGreaterThan(40).allMatch(run -> run.outcome() == Outcome.SUCCEEDED && run.settled());
        assertThat(runs).noneMatch(run -> LedgerView.SUPERSEDED.equals(run.reason()));
        Map<String, Long> perDueTime =
                runs.stream().collect(Collectors.groupingBy(run -> run.task() + run.dueAt(), Collectors.counting()));
        assertThat(perDueTime.values()).allMatch(count -> count == 1);
        assertThat(runs).extracting(RunRecord::podId).contains("a", "b");
    }

    @Test
    void noMoreThanTheLimitRunAtOnce() {
        for (int i = 0; i < 6; i++) {
            a.apply(definition("t" + i, every(600)));
        }
        a.runner.tick();
        assertThat(lake.runs).hasValue(4);
        a.runner.tick();
        a.runner.tick();
        assertThat(lake.runs).hasValue(6);
    }

    @Test
    void aFailedRunIsTriedAgainAndKeepsItsDueTime() {
        lake.work = _ -> {
            throw new FreshetException(ErrorCode.SOURCE_FAILED, "the source is down");
        };
        Instant due = a.now();
        a.apply(definition("orders", every(600) + ",'retry':{'delays_secs':[60,300]}"));
        a.work();
        TaskRow row = a.row("orders");
        assertThat(row.dueAt()).isEqualTo(due);
        assertThat(Duration.between(row.completedAt(), row.retryAt()))
                .isBetween(Duration.ofSeconds(54), Duration.ofSeconds(66));
        assertThat(row.lastError()).isEqualTo("the source is down");
        a.tick(5, Duration.ofSeconds(10));
        assertThat(lake.runs("orders")).hasSize(1);
        a.tick(50, Duration.ofSeconds(10));
        List<RunRecord> runs = lake.runs("orders");
        assertThat(runs).hasSize(3).allMatch(run -> run.outcome() == Outcome.FAILED && due.equals(run.dueAt()));
        assertThat(runs).extracting(RunRecord::attempt).containsExactly(1, 2, 3);
        assertThat(runs).extracting(RunRecord::settled).containsExactly(false, false, true);
        assertThat(runs).extracting(RunRecord::errorCode).containsOnly("SOURCE_FAILED");
        assertThat(a.row("orders").dueAt()).isNull();
        assertThat(a.row("orders").failureCount()).isEqualTo(3);
        assertThat(a.row("orders").nextRunAt())
                .isEqualTo(runs.getLast().finishedAt().plusSeconds(600));
    }

    @Test
    void aRetryThatSucceedsSettlesTheDueTime() {
        lake.work = context -> {
            if (lake.runs.getAndIncrement() == 0) {
                throw new IllegalStateException("secret words");
            }
            return lake.commit(context);
        };
        a.apply(definition("orders", every(600)));
        a.work();
        assertThat(lake.runs("orders").getFirst().error())
                .doesNotContain("secret words")
                .contains("-v");
        a.tick(8, Duration.ofSeconds(10));
        List<RunRecord> runs = lake.runs("orders");
        assertThat(runs).extracting(RunRecord::outcome).containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
        assertThat(runs)
                .extracting(RunRecord::dueAt)
                .containsOnly(runs.getFirst().dueAt());
        assertThat(a.row("orders").retryAt()).isNull();
    }

    @Test
    void dueTimesThatNobodyRanAreMissedAndTheSumAddsUp() {
        a.apply(definition("orders", "'trigger':{'type':'cron','expr':'* * * * *'}"));
        a.work();
        Instant first = lake.runs("orders").getFirst().dueAt();
        lake.pass(Duration.ofMinutes(60));
        a.work();
        List<RunRecord> records = lake.runs("orders");
        RunRecord missed = records.stream()
                .filter(run -> run.outcome() == Outcome.MISSED)
                .findFirst()
                .orElseThrow();
        assertThat(missed.count()).isEqualTo(59);
        assertThat(missed.missedFrom()).isEqualTo(first.plusSeconds(60));
        assertThat(missed.missedTo()).isEqualTo(first.plusSeconds(59 * 60));
        assertThat(records.getLast().dueAt()).isEqualTo(first.plusSeconds(3600));
        assertThat(missed.runId()).isEqualTo(records.getLast().runId());
        assertThat(accounted(records)).isEqualTo(61);
        assertThat(a.row("orders").missedCount()).isEqualTo(59);
        assertThat(a.row("orders").missedFrom()).isNull();
    }

    @Test
    void dueTimesThatCameWhileRunningAreSkippedAndTheSumAddsUp() {
        lake.work = context -> {
            lake.pass(Duration.ofSeconds(250));
            return lake.load(context);
        };
        a.apply(definition("orders", "'trigger':{'type':'cron','expr':'* * * * *'},'lease_secs':600"));
        a.work();
        List<RunRecord> records = lake.runs("orders");
        RunRecord skipped = records.stream()
                .filter(run -> run.outcome() == Outcome.SKIPPED)
                .findFirst()
                .orElseThrow();
        assertThat(skipped.reason()).isEqualTo("still running");
        assertThat(skipped.count()).isEqualTo(4);
        assertThat(accounted(records)).isEqualTo(5);
        assertThat(a.row("orders").skippedCount()).isEqualTo(4);
        assertThat(a.row("orders").nextRunAt()).isEqualTo(skipped.missedTo().plusSeconds(60));
    }

    @Test
    void skipRunsNothingThatIsLateAndSaysSo() {
        a.apply(definition("orders", "'trigger':{'type':'cron','expr':'0 * * * *'},'misfire':{'policy':'skip'}"));
        a.work();
        lake.pass(Duration.ofMinutes(150));
        a.work();
        List<RunRecord> records = lake.runs("orders");
        assertThat(records).extracting(RunRecord::outcome).containsExactly(Outcome.SUCCEEDED, Outcome.SKIPPED);
        assertThat(records.getLast().count()).isEqualTo(2);
        assertThat(records.getLast().reason()).isEqualTo("late");
        assertThat(lake.runs).hasValue(1);
        assertThat(a.row("orders").nextRunAt())
                .isEqualTo(records.getFirst().dueAt().plusSeconds(3 * 3600));
        assertThat(a.row("orders").isProcessing()).isFalse();
    }

    @Test
    void dueTimesThatWaitedWhenTheScheduleWasDisabledAreSkipped() {
        a.apply(definition("orders", "'trigger':{'type':'cron','expr':'* * * * *'}"));
        a.work();
        lake.pass(Duration.ofMinutes(3));
        a.schedules.setEnabled("orders", false);
        a.work();
        List<RunRecord> records = lake.runs("orders");
        assertThat(records).extracting(RunRecord::outcome).containsExactly(Outcome.SUCCEEDED, Outcome.SKIPPED);
        assertThat(records.getLast().reason()).isEqualTo("disabled");
        assertThat(records.getLast().count()).isEqualTo(3);
        assertThat(a.row("orders").enabled()).isFalse();
        a.schedules.setEnabled("orders", true);
        a.tick(1, MINUTE);
        assertThat(lake.runs).hasValue(2);
    }

    @Test
    void aRetryThatWaitedWhenTheScheduleWasDeletedIsSkippedAndTheTaskIsFree() {
        lake.work = _ -> {
            throw new IllegalStateException("no");
        };
        a.apply(definition("orders", every(600)));
        a.work();
        a.schedules.delete("orders");
        a.tick(3, Duration.ofSeconds(20));
        List<RunRecord> records = lake.runs("orders");
        assertThat(records).extracting(RunRecord::outcome).containsExactly(Outcome.FAILED, Outcome.SKIPPED);
        assertThat(records.getLast().reason()).isEqualTo("deleted");
        assertThat(records.getLast().missedFrom()).isEqualTo(records.getFirst().dueAt());
        assertThat(a.row("orders").scheduleId()).isNull();
        assertThat(a.row("orders").dueAt()).isNull();
    }

    /// Due times that are accounted for: settled runs, and those passed over.
    private static long accounted(List<RunRecord> records) {
        return records.stream()
                .mapToLong(run -> run.outcome().ran() ? (run.settled() ? 1 : 0) : run.count())
                .sum();
    }

    @Test
    void clocksTenMinutesApartNeitherRunADueTimeTwiceNorGoBack() {
        TestPod ahead = lake.pod("ahead", Duration.ofMinutes(10), true, lake.store);
        TestPod behind = lake.pod("behind", Duration.ofMinutes(-10), true, lake.store);
        ahead.apply(definition("orders", "'trigger':{'type':'cron','expr':'* * * * *'}"));
        for (int i = 0; i < 40; i++) {
            lake.pass(Duration.ofSeconds(31));
            (i % 3 == 0 ? ahead : behind).runner.tick();
        }
        List<RunRecord> settled =
                lake.runs("orders").stream().filter(run -> run.outcome().ran()).toList();
        assertThat(settled).hasSizeGreaterThan(5);
        assertThat(settled.stream()
                        .sorted(Comparator.comparing(RunRecord::fence))
                        .map(RunRecord::dueAt))
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void aRequestRunsADisabledScheduleThatIsNotDue() throws InterruptedException {
        a.apply(definition("orders", every(600)).replace("'enabled':true", "'enabled':false"));
        RunRecord run = a.runner.runNow("orders", true);
        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(run.dueAt()).isNull();
        assertThat(run.requestedAt()).isNotNull();
        assertThat(a.row("orders").hasRequest()).isFalse();
        assertThat(a.row("orders").isProcessing()).isFalse();
        a.tick(3, MINUTE);
        assertThat(lake.runs).hasValue(1);
    }

    @Test
    void aRequestMadeDuringARunIsHonouredAfterIt() {
        lake.work = context -> {
            if (lake.runs.get() == 0) {
                b.runner.request("orders");
            }
            return lake.load(context);
        };
        a.apply(definition("orders", every(600)));
        a.work();
        assertThat(lake.runs).hasValue(1);
        assertThat(a.row("orders").hasRequest()).isTrue();
        b.work();
        assertThat(lake.runs).hasValue(2);
        assertThat(lake.runs("orders").getLast().requestedAt()).isNotNull();
        assertThat(a.row("orders").hasRequest()).isFalse();
    }

    @Test
    void aDueRunServesAPendingRequestToo() {
        a.apply(definition("orders", every(600)));
        a.runner.request("orders");
        a.work();
        assertThat(lake.runs("orders")).singleElement().satisfies(run -> {
            assertThat(run.dueAt()).isNotNull();
            assertThat(run.requestedAt()).isNotNull();
        });
        assertThat(a.row("orders").hasRequest()).isFalse();
    }

    @Test
    void aFailedRequestIsNotTriedAgain() throws InterruptedException {
        a.apply(definition("orders", every(600)).replace("'enabled':true", "'enabled':false"));
        lake.work = _ -> {
            throw new FreshetException(ErrorCode.DATABASE_UNREACHABLE, "no route to host");
        };
        RunRecord run = a.runner.runNow("orders", true);
        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.settled()).isTrue();
        assertThat(run.errorCode()).isEqualTo("DATABASE_UNREACHABLE");
        a.tick(10, MINUTE);
        assertThat(lake.runs("orders")).hasSize(1);
    }

    @Test
    void anUnknownIdIsRefused() {
        assertThatThrownBy(() -> a.runner.runNow("x", true))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_ID))
                .hasMessage("schedule 'x' not registered");
    }

    @Test
    void aMalformedDefinitionIsSkippedWithAWarningAndTheOthersRun() {
        lake.store.putIfAbsent("_freshet/schedules/bad/0.json", "{\"id\":\"bad\",\"enabeld\":1}".getBytes(UTF_8));
        a.apply(definition("orders", every(600)));
        a.work();
        assertThat(lake.runs).hasValue(1);
        assertThat(a.heard)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("warning _freshet/schedules/bad/0.json: ")
                        .contains("'enabeld'; did you mean 'enabled'?"))
                .filteredOn(line -> line.startsWith("warning"))
                .hasSize(1);
    }

    @Test
    void aRunThatFinishesAfterItsScheduleWasDeletedDoesNoHarm() {
        lake.work = context -> {
            b.schedules.delete("orders");
            return lake.load(context);
        };
        a.apply(definition("orders", every(10)));
        a.work();
        assertThat(lake.runs("orders")).hasSize(1);
        a.tick(5, MINUTE);
        assertThat(lake.runs).hasValue(1);
        assertThat(a.schedules.list().schedules()).isEmpty();
    }

    @Test
    void aRunThatFinishesAfterItsScheduleWasChangedLeavesTheNewDefinition() {
        lake.work = context -> {
            if (lake.runs.get() == 0) {
                b.apply(definition("orders", every(3600)));
            }
            return lake.load(context);
        };
        a.apply(definition("orders", every(10)));
        a.work();
        a.runner.tick();
        assertThat(a.row("orders").definitionVersion()).isEqualTo(1);
        assertThat(a.row("orders").nextRunAt())
                .isEqualTo(a.row("orders").completedAt().plusSeconds(3600));
        assertThat(a.schedules.get("orders").trigger())
                .isEqualTo(new Interval(Duration.ofHours(1), Strategy.SINCE_COMPLETION));
    }
}
