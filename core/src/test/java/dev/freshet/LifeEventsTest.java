package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Batch;
import dev.freshet.event.EventRecorder;
import dev.freshet.event.FullPolicy;
import dev.freshet.event.RecorderOptions;
import dev.freshet.host.Host;
import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.store.MemoryStore;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableScan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeEventsTest {
    private static final Instant DUE = Instant.parse("2026-05-01T12:00:00Z");

    private final Host host = Host.system();
    private final MemoryStore store = new MemoryStore(host);

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
        try (EventRecorder recorder =
                EventRecorder.open(store, host, "pod", RecorderOptions.with(new FullPolicy.Drop()))) {
            LifeEvents life = new LifeEvents(other, recorder);
            life.reclaimed("ingest:orders", "pod0");
            life.started("r1", "ingest:orders", 1);
            life.finished(run(Outcome.FAILED, null, "no database"), Duration.ofSeconds(60));
            life.finished(run(Outcome.SUCCEEDED, 7L, null), Duration.ZERO);
            life.passedOver(run(Outcome.MISSED, null, null));
        }

        assertThat(heard).containsExactly("started ingest:orders", "finished ingest:orders", "finished ingest:orders");
        List<String> events = events();
        assertThat(events)
                .extracting(event -> event.substring(0, event.indexOf(' ')))
                .containsExactly(
                        "lease.reclaimed",
                        "run.started",
                        "run.failed",
                        "run.succeeded",
                        "dataset.committed",
                        "schedule.missed");
        assertThat(events.get(2)).contains("\"error\":\"no database\"", "\"retry_in_secs\":60");
        assertThat(events.get(4)).contains("\"version\":7", "\"task\":\"ingest:orders\"");
        assertThat(events.get(5)).contains("\"count\":3", "\"from\":\"2026-05-01T12:00:00Z\"");
    }

    private static RunRecord run(Outcome outcome, Long version, String error) {
        return new RunRecord(
                "r1",
                "ingest:orders",
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

    private List<String> events() {
        Snapshot snapshot =
                new DeltaTable(store, "events/events", host).latest().orElseThrow();
        List<String> events = new ArrayList<>();
        Batch batch = new Batch(snapshot.schema());
        try (TableScan scan = new TableScan(store, snapshot)) {
            while (scan.read(batch)) {
                for (int row = 0; row < batch.rows(); row++) {
                    events.add(batch.value(0, row) + " " + batch.value(1, row));
                }
            }
        }
        return events;
    }
}
