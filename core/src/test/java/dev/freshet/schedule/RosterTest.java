package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.ClaimTerms;
import dev.freshet.control.TaskRow;
import dev.freshet.schedule.TestLake.TestPod;
import dev.freshet.store.InterceptedStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RosterTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestLake lake = new TestLake();
    private final Map<InterceptedStore.Operation, Integer> calls = new EnumMap<>(InterceptedStore.Operation.class);
    private final TestPod pod = lake.pod("pod", Duration.ZERO, true, new InterceptedStore(lake.store) {
        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            calls.merge(operation, 1, Integer::sum);
            return action.get();
        }
    });
    private final TestPod clerk = lake.pod("clerk");

    @Test
    void aTickWithoutNewsLooksAtNoDefinition() {
        Pods.define(lake.store, 100, 3600);
        settle();
        lake.pass(Duration.ofSeconds(10));
        calls.clear();
        pod.runner.tick();
        assertThat(calls.keySet()).containsOnly(InterceptedStore.Operation.READ);
        assertThat(calls.get(InterceptedStore.Operation.READ)).isLessThan(5);
    }

    @Test
    void aScheduleThatWasDeletedMeanwhileIsNotRun() {
        clerk.apply(definition("orders", every(3600)));
        settle();
        lake.pass(HOUR);
        int before = lake.runs.get();
        pod.runner.tick();
        pod.runner.tick();
        assertThat(lake.runs.get()).isEqualTo(before + 1);
        clerk.schedules.delete("orders");
        lake.pass(HOUR);
        pod.work();
        pod.work();
        assertThat(lake.runs.get()).isEqualTo(before + 1);
        assertThat(pod.row("orders").scheduleId()).isNull();
    }

    @Test
    void aScheduleThatWasDisabledWhileDueTimesWaitIsSkippedAtOnce() {
        clerk.apply(definition("orders", every(3600)));
        settle();
        int before = lake.runs.get();
        lake.pass(HOUR.plusMinutes(1));
        clerk.schedules.setEnabled("orders", false);
        pod.work();
        pod.work();
        assertThat(lake.runs.get()).isEqualTo(before);
        assertThat(pod.row("orders").enabled()).isFalse();
        assertThat(pod.row("orders").skippedCount()).isEqualTo(1);
    }

    @Test
    void aChangeMadeWhileItsTaskRanIsFollowedAfterTheRun() {
        clerk.apply(definition("orders", every(3600)));
        lake.work = context -> {
            clerk.apply(definition("orders", every(60)));
            lake.work = lake::load;
            return lake.load(context);
        };
        pod.work();
        assertThat(pod.row("orders").definitionVersion()).as("while it ran").isZero();
        pod.runner.tick();
        assertThat(pod.row("orders").definitionVersion()).isEqualTo(1);
        assertThat(pod.row("orders").nextRunAt()).isBefore(pod.now().plusSeconds(61));
    }

    @Test
    void aScheduleAppliedByAnotherProcessIsServedAtTheNextLook() {
        settle();
        clerk.apply(definition("orders", every(3600)));
        pod.work();
        assertThat(lake.runs.get()).isEqualTo(1);
    }

    @Test
    void aDocumentWhoseWriterDiedBeforeItsRowFollowedIsFoundWithinAMinute() {
        clerk.apply(definition("orders", every(3600)));
        settle();
        String later = definition("orders", every(60)).replace('\'', '"');
        lake.store.putIfAbsent(Definitions.FOLDER + "/orders/1.json", later.getBytes(StandardCharsets.UTF_8));
        lake.pass(Roster.FULL_LOOK);
        pod.runner.tick();
        assertThat(pod.row("orders").definitionVersion()).isEqualTo(1);
    }

    @Test
    void noClaimIsMadeOnTermsOfADefinitionOlderThanTheRows() {
        clerk.apply(definition("orders", every(60)));
        Definition old = clerk.schedules.definition("orders").orElseThrow();
        ClaimTerms terms = clerk.schedules.terms("ingest:orders", old);
        TaskRow due = clerk.row("orders");
        assertThat(terms.grant(Optional.of(due), false)).isPresent();
        clerk.apply(definition("orders", every(30)));
        TaskRow newer = clerk.row("orders");
        assertThat(newer.definitionVersion()).isEqualTo(1);
        assertThat(terms.grant(Optional.of(newer), false)).isEmpty();
    }

    @Test
    void whoWaitsForARunGetsWhatTheScheduleSaysWhenItIsClaimed() throws InterruptedException {
        clerk.apply(definition("orders", every(3600)));
        settle();
        Definition old = pod.schedules.definition("orders").orElseThrow();
        clerk.apply(definition("orders", every(60)));
        lake.pass(Duration.ofSeconds(1));
        RunRecord run = pod.runner.runNow("orders", true);
        assertThat(run.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(old.schedule().version()).isZero();
        assertThat(pod.row("orders").definitionVersion()).isEqualTo(1);
    }

    /// Everything has run once and is not due again soon.
    private void settle() {
        for (int i = 0; i < 60; i++) {
            pod.runner.tick();
            lake.pass(Duration.ofMillis(300));
        }
    }
}
