package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.batch.ColumnType;
import dev.freshet.event.Event;
import dev.freshet.event.EventRecorder;
import dev.freshet.event.FullPolicy;
import dev.freshet.event.RecorderOptions;
import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tables of events as strangers see them: plain Delta tables, which outlive the processes that record.
class EventTablesTest {
    private static final Instant LATE = Instant.parse("2026-01-01T23:59:59.999999999Z");

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void sparkAndDuckDbReadWhatWasRecorded() throws IOException, InterruptedException {
        record();
        DeltaFolder table = events("orders");

        assertThat(table.columns())
                .extracting(DeltaFolder.Column::name, DeltaFolder.Column::type)
                .containsExactly(
                        tuple("type", "string"),
                        tuple("payload", "string"),
                        tuple("timestamp", "timestamp"),
                        tuple("timestamp_nanos", "long"),
                        tuple("day", "date"),
                        tuple("amount", "decimal(10,2)"));
        assertThat(table.select(
                        "type, payload, timestamp::VARCHAR, timestamp_nanos, amount", "ORDER BY timestamp_nanos"))
                .containsExactly(
                        row(
                                "placed",
                                "{\"id\":\"größe 😀\"}",
                                "2026-01-01 23:59:59.999999+00",
                                "1767311999999999999",
                                null),
                        row("paid", null, "2026-01-02 00:00:00+00", "1767312000000000000", "12.50"));
        assertThat(Spark.query(
                        "SELECT type, payload, CAST(timestamp AS STRING) AS at, timestamp_nanos, CAST(day AS STRING)"
                                + " AS day, CAST(amount AS STRING) AS amount FROM delta.`" + table.folder()
                                + "` WHERE day >= '2026-01-01' ORDER BY timestamp_nanos"))
                .containsExactly(
                        "{\"type\":\"placed\",\"payload\":\"{\\\"id\\\":\\\"größe 😀\\\"}\",\"at\":\"2026-01-01 23:59:59.999999\","
                                + "\"timestamp_nanos\":1767311999999999999,\"day\":\"2026-01-01\"}",
                        "{\"type\":\"paid\",\"at\":\"2026-01-02 00:00:00\",\"timestamp_nanos\":1767312000000000000,"
                                + "\"day\":\"2026-01-02\",\"amount\":\"12.50\"}");
    }

    private static List<String> row(String... cells) {
        return Arrays.asList(cells);
    }

    /// In two commits, the second of which brings a column.
    private void record() throws InterruptedException {
        try (Store store = LocalStore.open(stage.root());
                EventRecorder recorder =
                        EventRecorder.open(store, Host.system(), "e2e", RecorderOptions.with(new FullPolicy.Drop()))) {
            recorder.record(Event.of("placed").in("orders").at(LATE).payload("{\"id\":\"größe 😀\"}"));
            assertThat(recorder.flush(Duration.ofMinutes(1))).isTrue();
            recorder.record(Event.of("paid")
                    .in("orders")
                    .at(LATE.plusNanos(1))
                    .with("amount", ColumnType.parse("decimal(10,2)"), new BigDecimal("12.50")));
        }
    }

    @Test
    void whatAKilledServiceHadAcceptedIsStoredByTheNextProcessOfItsMachine() {
        Database database = Postgres.newDatabase();
        database.run("CREATE TABLE orders (id int)", "INSERT INTO orders VALUES (1)");
        stage.apply(Definition.once("orders", database, "orders"));
        FreshetProcess service = stage.serveUntil("before-event-put", "a");
        service.kill();
        assertThat(types()).doesNotContain("run.started");

        stage.ok("record", "events", "next", "--durable");

        Eventually.that("what the dead one accepted is there", () -> types().contains("lease.granted"));
        assertThat(types()).containsOnlyOnce("next").containsOnlyOnce("lease.granted");
    }

    private List<String> types() {
        return Files.isDirectory(events("events").log())
                ? events("events").objects("").stream()
                        .map(event -> event.path("type").asText())
                        .toList()
                : List.of();
    }

    private DeltaFolder events(String table) {
        return new DeltaFolder(stage.root().resolve("events").resolve(table));
    }

    @Test
    void theRunsOfACommandAreListedByTheNextOne() {
        Database database = Postgres.newDatabase();
        database.run("CREATE TABLE orders (id int)", "INSERT INTO orders VALUES (1)");
        stage.apply(Definition.once("orders", database, "orders"));
        stage.ok("run", "orders");

        JsonNode events = stage.json("events", "--since", "1h");
        assertThat(events.findValuesAsText("type"))
                .contains(
                        "configuration.changed", "lease.granted", "run.started", "run.succeeded", "dataset.committed");
    }
}
