package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A process is killed in the middle of a relaxed copy, every row of the table is changed, and another process does the
/// rest: what it did not read again is as it was before.
class ContinuedCopyTest {
    private static final int ROWS = 200_000;
    private static final int ROWS_A_SECOND = 25_000;
    private static final int SPLITS_BEFORE_THE_KILL = 4;
    private static final String TASK = "ingest:big";

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void aCopyOfAPostgresTableIsContinuedAndNotBegunAnew() {
        Database database = Postgres.newDatabase();
        database.run(
                "CREATE TABLE big (id bigint PRIMARY KEY, v text NOT NULL)",
                "INSERT INTO big SELECT n, md5(n::text) || md5((-n)::text) FROM generate_series(0, " + (ROWS - 1)
                        + ") n");
        long kept = diesIn(database);
        change(database);
        finish(kept);
    }

    @Test
    void soIsOneOfAMariaDbTableAndItsServerSendsOnlyTheRest() {
        Database database = MariaDb.newDatabase();
        database.run(
                "CREATE TABLE big (id bigint PRIMARY KEY, v varchar(100) NOT NULL)",
                "INSERT INTO big SELECT seq, CONCAT(MD5(seq), MD5(-seq)) FROM seq_0_to_" + (ROWS - 1));
        long kept = diesIn(database);
        change(database);
        long before = rowsSent(database);
        finish(kept);
        assertThat(rowsSent(database) - before).isBetween(ROWS - kept, ROWS - kept + 2000);
    }

    /// Rows that the server ever sent to anybody.
    private static long rowsSent(Database database) {
        return Long.parseLong(
                database.rows("SHOW GLOBAL STATUS LIKE 'Rows_sent'").getFirst().get(1));
    }

    /// Kills a process that copies the table, and tells how many rows it leaves in its checkpoint.
    private long diesIn(Database database) {
        stage.set("FRESHET_INGEST_SPLIT_MB", "1");
        stage.apply(Definition.once("big", database, "big")
                .with(json ->
                        json.withObject("kind").put("consistency", "relaxed").put("max_rows_per_sec", ROWS_A_SECOND)));
        FreshetProcess a = stage.serve("a");
        Eventually.that("some splits are written", () -> files() > SPLITS_BEFORE_THE_KILL);
        a.kill();
        JsonNode checkpoints = stage.json("checkpoint", "list", TASK);
        JsonNode newest = checkpoints.path(checkpoints.size() - 1);
        assertThat(newest.path("steps").asInt()).isGreaterThanOrEqualTo(SPLITS_BEFORE_THE_KILL);
        assertThat(newest.path("processed_records").asLong()).isBetween(1L, ROWS - 1L);
        return newest.path("processed_records").asLong();
    }

    private long files() {
        Path folder = stage.root().resolve("datasets/big");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void change(Database database) {
        database.run("UPDATE big SET v = 'new'", "INSERT INTO big VALUES (" + ROWS + ", 'new')");
    }

    private void finish(long kept) {
        FreshetProcess b = stage.serve("b");
        JsonNode run = Eventually.found(
                "b has copied the rest",
                () -> stage.lake().succeeded("big").stream().findFirst());
        b.terminate();
        assertThat(run.path("pod_id").asText()).isEqualTo("b");
        assertThat(run.path("reason").asText()).matches("splits=\\d+ resumed=[1-9]\\d*");
        assertThat(run.path("rows").asLong()).isEqualTo(ROWS + 1);
        List<List<String>> rows = stage.lake().dataset("big").select("id, v = 'new'", "ORDER BY id");
        assertThat(rows)
                .isEqualTo(IntStream.rangeClosed(0, ROWS)
                        .mapToObj(id -> List.of(Integer.toString(id), Boolean.toString(id >= kept)))
                        .toList());
        assertThat(stage.json("checkpoint", "list", TASK)).isEmpty();
    }
}
