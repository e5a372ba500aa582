package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.every;
import static dev.freshet.schedule.TestLake.json;
import static dev.freshet.schedule.TestLake.rollup;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.control.TaskRow;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.Applied.Effect;
import dev.freshet.schedule.TestLake.TestPod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Rollups and the maintenance of tables are schedules of which the definitions lie elsewhere.
class ShelfTest {
    private static final String HOURLY = "rollup:hourly";
    private static final String UPKEEP = "maintain:datasets.orders";

    private final TestLake lake = new TestLake();
    private final TestPod pod = lake.pod("pod");
    private final Schedules schedules = pod.schedules;

    @Test
    void aRollupIsANumberedDocumentOnAShelfOfItsOwn() {
        assertThat(pod.apply(rollup("hourly", "usage")).effect()).isEqualTo(Effect.CREATED);
        assertThat(pod.apply(rollup("hourly", "usage")).effect()).isEqualTo(Effect.UNCHANGED);
        assertThat(pod.apply(rollup("hourly", "facts")).effect()).isEqualTo(Effect.UPDATED);
        assertThat(schedules.delete(HOURLY)).isTrue();
        assertThat(schedules.delete(HOURLY)).isFalse();
        assertThat(document("_freshet/rollups/hourly/0.json")).contains("\"rollup\":\"hourly\"", "\"usage\"");
        assertThat(document("_freshet/rollups/hourly/1.json")).contains("\"facts\"");
        assertThat(document("_freshet/rollups/hourly/2.json")).isEqualTo("{\"deleted\": true}");
        assertThat(schedules.history(HOURLY)).extracting(Revision::deleted).containsExactly(false, false, true);
        assertThat(lake.store.folders("_freshet/schedules")).isEmpty();
    }

    @Test
    void whatAllSchedulesHaveInCommonHasDefaultsInARollup() {
        Schedule hourly = pod.apply("{'rollup':'hourly','source':'usage'}").schedule();
        assertThat(hourly.enabled()).isTrue();
        assertThat(hourly.trigger()).isEqualTo(new Interval(Duration.ofMinutes(5), Strategy.SINCE_COMPLETION));
        assertThat(hourly.kind()).isEqualTo(json("{'type':'rollup','rollup':'hourly','source':'usage'}"));
    }

    @Test
    void aRollupIsListedPausedResumedAndRunLikeAnySchedule() throws InterruptedException {
        pod.apply(rollup("hourly", "usage"));
        assertThat(schedules.list().schedules()).extracting(Schedule::id).containsExactly(HOURLY);
        schedules.setEnabled(HOURLY, false);
        pod.work();
        assertThat(lake.derivations).hasValue(0);
        assertThat(pod.runner.runNow(HOURLY, true).outcome()).isEqualTo(Outcome.SUCCEEDED);
        schedules.setEnabled(HOURLY, true);
        lake.pass(Duration.ofDays(2));
        pod.work();
        assertThat(lake.derivations).hasValue(2);
        TaskRow row = pod.control.row(HOURLY).orElseThrow();
        assertThat(row.scheduleId()).isEqualTo(HOURLY);
        assertThat(row.definitionVersion()).isEqualTo(2);
    }

    @Test
    void aRollupsNameObeysTheRulesOfNames() {
        assertThatThrownBy(() -> pod.apply(rollup("../x", "usage")))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("the rollup's name '../x' is not a valid name");
        pod.apply(rollup("hourly", "usage"));
        assertThatThrownBy(() -> pod.apply(rollup("Hourly", "usage")))
                .hasMessageContaining("rollup 'Hourly': its id differs from 'rollup:hourly' only by upper and lower");
        assertThatThrownBy(() -> schedules.get("rollup:daily")).hasMessage("rollup 'daily' not registered");
        assertThatThrownBy(() -> schedules.get("hourly"))
                .hasMessage("schedule 'hourly' not registered; did you mean 'rollup:hourly'?");
    }

    @Test
    void aRollupsUnknownKeysAreRefused() {
        assertThatThrownBy(() -> pod.apply("{'rollup':'hourly','source':'usage','op':'tick'}"))
                .hasMessage("rollup 'hourly': unknown key 'op'");
        assertThatThrownBy(() -> pod.apply("{'rollup':'hourly','sauce':'usage'}"))
                .hasMessage("rollup 'hourly': unknown key 'sauce'; did you mean 'source'?");
    }

    @Test
    void workWithAShelfOfItsOwnIsDefinedNowhereElse() {
        assertThatThrownBy(() -> pod.apply("{'id':'mine','kind':{'type':'rollup','rollup':'hourly','source':'usage'},"
                        + "'enabled':true," + every(60) + "}"))
                .hasMessage("schedule 'mine': 'kind.type' must be one of mysql, postgres");
        assertThatThrownBy(() -> pod.apply(
                        "{'id':'maintain:x','kind':{'type':'mysql','table':'x'},'enabled':true," + every(60) + "}"))
                .hasMessage("maintenance of 'x': 'kind.type' must be one of maintain");
        assertThatThrownBy(() -> pod.apply(
                        "{'id':'maintain:x','kind':{'type':'maintain','table':'y'},'enabled':true," + every(60) + "}"))
                .hasMessage("maintenance of 'x': 'id' must be 'maintain:y', the task that its kind asks for");
    }

    @Test
    void whatTheLakeImpliesIsDoneWithoutADocument() {
        lake.upkeep.tables.add("datasets.orders");
        pod.work();
        assertThat(lake.upkeep.maintained).containsExactly("datasets.orders");
        lake.pass(Duration.ofHours(2));
        pod.work();
        assertThat(lake.upkeep.maintained).hasSize(2);
        assertThat(pod.control.row(UPKEEP).orElseThrow().scheduleId()).isEqualTo(UPKEEP);
        assertThat(lake.store.folders("_freshet")).doesNotContain("maintenance");
    }

    @Test
    void whatTheLakeImpliesIsPausedByADocumentAndComesBackWhenThatIsDeleted() throws InterruptedException {
        lake.upkeep.tables.add("datasets.orders");
        pod.work();
        schedules.setEnabled(UPKEEP, false);
        assertThat(document("_freshet/maintenance/datasets.orders/0.json")).contains("\"enabled\":false");
        lake.pass(Duration.ofHours(2));
        pod.work();
        assertThat(lake.upkeep.maintained).hasSize(1);
        assertThat(pod.runner.runNow(UPKEEP, true).outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(schedules.delete(UPKEEP)).isTrue();
        assertThat(lake.pod("later").schedules.get(UPKEEP).enabled()).isTrue();
        lake.pass(Duration.ofHours(2));
        pod.work();
        assertThat(lake.upkeep.maintained).hasSize(3);
        assertThat(schedules.delete("maintain:datasets.gone")).isFalse();
    }

    @Test
    void aTableThatIsGoneIsNoLongerMaintained() {
        lake.upkeep.tables.add("datasets.orders");
        pod.work();
        lake.upkeep.tables.clear();
        lake.pass(Duration.ofHours(2));
        pod.work();
        pod.work();
        assertThat(lake.upkeep.maintained).hasSize(1);
        assertThat(pod.control.row(UPKEEP).orElseThrow().scheduleId()).isNull();
    }

    private String document(String key) {
        return new String(lake.store.read(key), UTF_8);
    }
}
