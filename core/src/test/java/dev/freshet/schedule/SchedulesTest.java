package dev.freshet.schedule;

import static dev.freshet.schedule.TestLake.definition;
import static dev.freshet.schedule.TestLake.every;
import static dev.freshet.schedule.TestLake.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.TestLake.TestPod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SchedulesTest {
    private final TestLake lake = new TestLake();
    private final TestPod a = lake.pod("a");
    private final TestPod b = lake.pod("b");
    private final Schedules schedules = a.schedules;

    @Test
    void everyVersionIsADocumentOfItsOwn() {
        a.apply(definition("orders", every(60)));
        a.apply(definition("orders", every(70)));
        assertThat(schedules.delete("orders")).isTrue();
        assertThat(lake.store.list("_freshet/schedules/orders", ""))
                .extracting(object -> object.name())
                .containsExactly("0.json", "1.json", "2.json");
        assertThat(new String(lake.store.read("_freshet/schedules/orders/2.json"), UTF_8))
                .isEqualTo("{\"deleted\": true}");
        assertThat(schedules.history("orders")).extracting(Revision::deleted).containsExactly(false, false, true);
    }

    @Test
    void aDefinitionIsStoredWithTheFactsOfItsCreation() {
        Instant created = a.now();
        a.apply(definition("orders", every(60)));
        lake.pass(Duration.ofDays(1));
        a.apply(definition("orders", every(70)));
        assertThat(schedules.get("orders").createdAt()).isEqualTo(created);
        assertThat(schedules.document("orders").get("created_at").textValue()).isEqualTo(created.toString());
        assertThat(schedules.document("orders").get("created_by").textValue()).isEmpty();
    }

    @Test
    void applyingTheSameAgainWritesNothing() {
        assertThat(a.apply(definition("orders", every(60))).effect()).isEqualTo(Applied.Effect.CREATED);
        assertThat(b.apply(definition("orders", every(60))).effect()).isEqualTo(Applied.Effect.UNCHANGED);
        assertThat(b.apply(definition("orders", every(61))).effect()).isEqualTo(Applied.Effect.UPDATED);
        assertThat(schedules.get("orders").version()).isEqualTo(1);
    }

    @Test
    void anUpdateOfAVersionThatIsNoLongerTheNewestIsRefused() {
        a.apply(definition("orders", every(60)));
        Schedule read = schedules.get("orders");
        b.apply(definition("orders", every(70)));
        refused(ErrorCode.STALE_VERSION, () -> schedules.update(json(definition("orders", every(80))), read.version()))
                .hasMessageContaining("version 0 is no longer the newest, version 1 is");
        assertThat(schedules.update(json(definition("orders", every(80))), 1).version())
                .isEqualTo(2);
    }

    @Test
    void deletingSaysWhetherItExisted() {
        a.apply(definition("orders", every(60)));
        assertThat(schedules.delete("orders")).isTrue();
        assertThat(schedules.delete("orders")).isFalse();
        assertThat(schedules.delete("never")).isFalse();
        refused(ErrorCode.UNKNOWN_ID, () -> schedules.get("orders")).hasMessage("schedule 'orders' not registered");
        refused(ErrorCode.UNKNOWN_ID, () -> schedules.setEnabled("orders", true));
        refused(ErrorCode.UNKNOWN_ID, () -> schedules.get("../x"));
    }

    @Test
    void aDeletedScheduleCanBeCreatedAgainAndIsDueAtOnce() {
        a.apply(definition("orders", every(6000)));
        a.work();
        schedules.delete("orders");
        lake.pass(Duration.ofSeconds(5));
        assertThat(a.apply(definition("orders", every(6000))).effect()).isEqualTo(Applied.Effect.CREATED);
        assertThat(schedules.get("orders").version()).isEqualTo(2);
        a.work();
        assertThat(lake.runs).hasValue(2);
    }

    @Test
    void theListIsSortedByIdAndNamesWhatCannotBeRead() {
        lake.store.putIfAbsent("_freshet/schedules/bad/0.json", "{\"id\":\"bad\",".getBytes(UTF_8));
        lake.store.putIfAbsent(
                "_freshet/schedules/zero/0.json",
                definition("zero", every(0)).replace('\'', '"').getBytes(UTF_8));
        lake.store.putIfAbsent(
                "_freshet/schedules/moved/0.json",
                definition("other", every(9)).replace('\'', '"').getBytes(UTF_8));
        for (String id : List.of("c", "a", "b")) {
            a.apply(definition(id, every(60)));
        }
        Listing listing = schedules.list();
        assertThat(listing.schedules()).extracting(Schedule::id).containsExactly("a", "b", "c");
        assertThat(listing.warnings())
                .satisfiesExactlyInAnyOrder(
                        warning -> assertThat(warning)
                                .startsWith("_freshet/schedules/bad/0.json is not valid JSON at line 1, column"),
                        warning -> assertThat(warning)
                                .startsWith("_freshet/schedules/zero/0.json: schedule 'zero': 'trigger.secs' is 0"),
                        warning -> assertThat(warning).startsWith("_freshet/schedules/moved/0.json: its id"));
    }

    @Test
    void idsThatDifferOnlyByCaseAreRefused() {
        a.apply(definition("orders", every(60)));
        refused(ErrorCode.BAD_DEFINITION, () -> a.apply(definition("Orders", every(60))))
                .hasMessageContaining("differs from 'orders' only by upper and lower case");
    }

    @Test
    void aSecondScheduleForTheSameDatasetIsRefused() {
        a.apply(definition("orders", every(60)));
        String second = definition("second", every(60)).replace("'table':'second'", "'table':'orders'");
        refused(ErrorCode.DATASET_TAKEN, () -> b.apply(second))
                .hasMessageContaining("schedule 'second': ingest:orders belongs to schedule 'orders'");
        refused(ErrorCode.DATASET_TAKEN, () -> schedules.check(json(second)));
        assertThat(schedules.list().schedules()).hasSize(1);
        schedules.delete("orders");
        b.apply(second);
        assertThat(a.row("orders").scheduleId()).isEqualTo("second");
    }

    @Test
    void aDatasetTakenByAnApplyThatDiedIsFree() {
        a.control.own("ingest:orders", "dead", _ -> false);
        b.apply(definition("orders", every(60)));
        assertThat(b.row("orders").scheduleId()).isEqualTo("orders");
    }

    @Test
    void aCheckWritesNothing() {
        schedules.check(json(definition("orders", every(60))));
        assertThat(lake.store.folders("_freshet/schedules")).isEmpty();
        assertThat(a.control.rows()).isEmpty();
    }

    @Test
    void aNewScheduleIsDueAtOnce() {
        Instant now = a.now();
        a.apply(definition("orders", "'trigger':{'type':'cron','expr':'0 3 * * *'}"));
        assertThat(a.row("orders").nextRunAt()).isEqualTo(now);
    }

    @Test
    void theStatusInsideAnOldDocumentIsTakenOverOnceAndThenIgnored() {
        ObjectNode old = (ObjectNode) json(definition("orders", every(60)));
        old.put("next_run_at", "2026-01-01T05:00:00Z").put("run_count", 41).put("failure_count", 2);
        old.putObject("last_outcome")
                .put("at", "2025-12-31T00:00:00Z")
                .put("success", true)
                .put("duration_secs", 2.5);
        lake.store.putIfAbsent(
                "_freshet/schedules/orders/0.json", old.toString().getBytes(UTF_8));
        a.runner.tick();
        TaskRow row = a.row("orders");
        assertThat(row.nextRunAt()).isEqualTo("2026-01-01T05:00:00Z");
        assertThat(row.runCount()).isEqualTo(41);
        assertThat(row.failureCount()).isEqualTo(2);
        assertThat(row.lastOutcome()).isEqualTo("succeeded");
        a.tick(1, Duration.ofHours(5));
        a.runner.tick();
        assertThat(lake.runs).hasValue(1);
        assertThat(a.row("orders").runCount()).isEqualTo(42);
        old.put("run_count", 7).put("enabled", false);
        schedules.update(old, 0);
        a.runner.tick();
        assertThat(a.row("orders").runCount()).isEqualTo(42);
        assertThat(a.row("orders").enabled()).isFalse();
    }

    @Test
    void anUpdateChangesTheNextDueTimeButNotOneThatHasCome() {
        a.apply(definition("orders", every(6000)));
        a.work();
        Instant completed = a.row("orders").completedAt();
        a.apply(definition("orders", every(100)));
        assertThat(a.row("orders").nextRunAt()).isEqualTo(completed.plusSeconds(100));
        lake.pass(Duration.ofSeconds(200));
        a.apply(definition("orders", every(9000)));
        assertThat(a.row("orders").nextRunAt()).isEqualTo(completed.plusSeconds(100));
        a.work();
        assertThat(lake.runs("orders").getLast().dueAt()).isEqualTo(completed.plusSeconds(100));
    }

    @Test
    void anOldVersionOfADefinitionCannotTurnTheRowBack() {
        a.apply(definition("orders", every(60)));
        Definition old = schedules.definition("orders").orElseThrow();
        b.apply(definition("orders", every(70)).replace("'enabled':true", "'enabled':false"));
        TaskRow row = b.row("orders");
        assertThat(schedules.alignment("ingest:orders", old).align(Optional.of(row), a.now()))
                .contains(row);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(ErrorCode code, ThrowingCallable action) {
        return assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
