package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventType;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LifeEventsTest {
    private static final Instant DUE = Instant.parse("2026-05-01T12:00:00Z");

    private final Map<EventType, String> events = new LinkedHashMap<>();

    @Test
    void theLifeOfARunBecomesEventsAndIsPassedOn() {
        List<String> heard = new ArrayList<>();
        RunListener other = new RunListener() {
            @Override
            public void started(String runId, String task, int attempt) {
                heard.add("started " + task);
            }

            @Override
            public void finished(RunRecord run, Duration retryIn) {
                heard.add("finished " + run.task());
            }
        };
        LifeEvents life = new LifeEvents(other, this::record, () -> heard.add("told"));
        life.fired("r1", "ingest:orders", "orders", DUE);
        life.started("r1", "ingest:orders", 1);
        life.reclaimed("ingest:orders", "pod0");
        life.happened("r1", "rollup:hourly", EventType.ROLLUP_WINDOW, Map.of("rows", 12L));
        life.finished(run("ingest:orders", Outcome.FAILED, null, "no database"), Duration.ofSeconds(60));
        life.finished(run("ingest:orders", Outcome.SUCCEEDED, 7L, null), Duration.ZERO);
        life.finished(run("rollup:hourly", Outcome.SUCCEEDED, 8L, null), Duration.ZERO);
        life.finished(run("ingest:orders", Outcome.UNCHANGED, null, null), Duration.ZERO);
        life.adopted(run("ingest:orders", Outcome.SUCCEEDED, 9L, null));
        life.lost(run("ingest:orders", Outcome.LOST, null, "it died"));
        life.passedOver(run("ingest:orders", Outcome.MISSED, null, null));
        life.passedOver(run("ingest:orders", Outcome.SKIPPED, null, null));

        assertThat(heard)
                .containsExactly(
                        "started ingest:orders",
                        "told",
                        "finished ingest:orders",
                        "told",
                        "finished ingest:orders",
                        "told",
                        "finished rollup:hourly",
                        "told",
                        "finished ingest:orders");
        assertThat(events.keySet())
                .extracting(EventType::text)
                .containsExactly(
                        "schedule.fired",
                        "run.started",
                        "lease.reclaimed",
                        "rollup.window",
                        "run.failed",
                        "run.succeeded",
                        "dataset.committed",
                        "run.unchanged",
                        "run.resumed",
                        "run.lost",
                        "schedule.missed",
                        "schedule.skipped");
        assertThat(told(EventType.SCHEDULE_FIRED)).contains("\"due_at\":\"2026-05-01T12:00:00Z\"");
        assertThat(told(EventType.ROLLUP_WINDOW)).contains("\"task\":\"rollup:hourly\"", "\"rows\":12");
        assertThat(told(EventType.RUN_FAILED)).contains("\"error\":\"no database\"", "\"retry_in_secs\":60");
        assertThat(told(EventType.DATASET_COMMITTED))
                .contains("\"version\":7", "\"task\":\"ingest:orders\"", "\"fence\":[1,2]")
                .as("a rollup is no dataset")
                .doesNotContain("rollup");
        assertThat(told(EventType.SCHEDULE_MISSED)).contains("\"count\":3", "\"from\":\"2026-05-01T12:00:00Z\"");
    }

    private void record(EventType type, ObjectNode payload) {
        events.merge(type, payload.toString(), (one, other) -> one + " " + other);
    }

    private String told(EventType type) {
        return events.getOrDefault(type, "");
    }

    private static RunRecord run(String task, Outcome outcome, Long version, String error) {
        return new RunRecord(
                "r1",
                task,
                "orders",
                DUE,
                null,
                1,
                DUE,
                DUE,
                outcome,
                true,
                null,
                false,
                10L,
                100L,
                version,
                "pod",
                "i",
                new Fence(1, 2),
                error,
                error == null ? null : "DATABASE_UNREACHABLE",
                DUE,
                DUE,
                3);
    }
}
