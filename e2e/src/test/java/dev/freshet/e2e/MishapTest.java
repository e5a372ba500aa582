package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.ingest.Proxy;
import dev.freshet.store.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The disk, the database, the network or the copying process itself fails in the middle of a copy. Whatever it is: one
/// line says what happened, what was there before stays, nothing of the new is seen, nothing unfinished remains, and
/// the next one may begin.
class MishapTest {
    private static final int ROWS = 10_000;
    private static final int ROWS_BEFORE_THE_GATE = 2_000;
    private static final long HALF_OF_THE_BYTES = 40_000_000;
    private static final Duration AT_ONCE = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration FILES_LIVE = Duration.ofSeconds(60);

    private static final class Made {
        static final Database SHOP = filled(Postgres.newDatabase(), ROWS);
    }

    @RegisterExtension
    final Stage stage = new Stage();

    private final Database shop = Made.SHOP;

    /// Rows of 8 KB each, which PostgreSQL keeps as they are.
    private static Database filled(Database database, int rows) {
        database.run(
                "CREATE TABLE small (id int)",
                "INSERT INTO small VALUES (1), (2), (3)",
                "CREATE TABLE big (id int, body text)",
                "ALTER TABLE big ALTER COLUMN body SET STORAGE PLAIN",
                "INSERT INTO big SELECT n, n || repeat('x', 7900) FROM generate_series(1, " + rows + ") AS n",
                "ANALYZE big");
        Gate.build(database, "big", "id > " + ROWS_BEFORE_THE_GATE);
        return database;
    }

    @BeforeEach
    void separately() {
        stage.set("FRESHET_TABLE_FILE_RETENTION_SECS", Long.toString(FILES_LIVE.toSeconds()));
    }

    @Test
    void aDiskThatFillsUpIsNamedAndTheCopySucceedsOnceThereIsRoom() throws IOException {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(stage.root()), 6_000)) {
            stage.ok(ingest(shop, "small"));
            String[] big =
                    ingest(shop, "big", "--set", "parquet.codec=uncompressed", "--set", "parquet.row_group_mb=1");
            FreshetProcess copy = stage.run(big);

            assertThat(copy.exit()).as(copy.toString()).isEqualTo(3);
            assertThat(complaint(copy))
                    .startsWith("error[LAKE_UNREACHABLE]: ingest:big: copying public.big: cannot write "
                            + stage.root().resolve("datasets/big/part-"))
                    .endsWith(": the disk is full; free some space and try again");
            assertNothingIsLeftBut("small");
            assertThat(stage.lake().dataset("small").select("id", "ORDER BY id"))
                    .containsExactly(List.of("1"), List.of("2"), List.of("3"));
            assertThat(stage.root().resolve("datasets/big")).doesNotExist();
            assertThat(lastRun("failed").path("error").asText()).contains("the disk is full");

            disk.resize(200_000);
            stage.ok(big);
            assertBigIsThere();
        }
    }

    @Test
    void aDatabaseServerThatIsKilledEndsTheCopyAtOnce() throws IOException {
        try (Postgres server = Postgres.start()) {
            Database doomed = filled(server.create(), ROWS_BEFORE_THE_GATE + 1);
            Gate _ = Gate.shut(doomed);
            FreshetProcess copy = inMidCopy(ingest(doomed, Gate.VIEW, "--dataset", "big"));
            server.kill();

            assertFails(copy, Instant.now(), AT_ONCE, "localhost:" + doomed.port());
            assertNothingIsLeftBut();
        }
        stage.ok(ingest(shop, "big"));
        assertBigIsThere();
    }

    @Test
    void aNetworkThatIsResetEndsTheCopyAtOnce() throws IOException {
        try (Proxy proxy = new Proxy(shop.port())) {
            FreshetProcess copy = halfway(proxy, SILENCE.multipliedBy(30));
            proxy.reset();

            assertFails(copy, Instant.now(), AT_ONCE, "localhost:" + proxy.port());
            assertNothingIsLeftBut();
        }
    }

    @Test
    void aNetworkThatSwallowsEverythingEndsTheCopyInTheTimeThatIsSet() throws IOException {
        try (Proxy proxy = new Proxy(shop.port())) {
            FreshetProcess copy = halfway(proxy, SILENCE);

            assertFails(copy, Instant.now(), SILENCE.plus(AT_ONCE), "is postgres.silence_secs too short?");
            assertNothingIsLeftBut();
        }
    }

    @Test
    void aSessionThatMariaDbEndsEndsTheCopyAtOnce() {
        Database database = MariaDb.newDatabase();
        database.run(
                "CREATE TABLE big (id int PRIMARY KEY, body varchar(8000) NOT NULL)",
                "INSERT INTO big SELECT seq, REPEAT('x', 7900) FROM seq_1_to_" + (ROWS_BEFORE_THE_GATE + 1),
                "CREATE VIEW gated AS SELECT * FROM big WHERE id <= " + ROWS_BEFORE_THE_GATE + " OR SLEEP(300) = 0");
        FreshetProcess copy = inMidCopy(ingest(database, Gate.VIEW, "--dataset", "big"));
        List<List<String>> sessions = database.rows(
                "SELECT id FROM information_schema.processlist WHERE user = 'reader' AND command = 'Query'");
        assertThat(sessions).hasSize(1);
        database.run("KILL " + sessions.getFirst().getFirst());

        assertFails(copy, Instant.now(), AT_ONCE, "127.0.0.1:" + database.port());
        assertNothingIsLeftBut();
    }

    @Test
    void whatAKilledCopyLeavesIsNeverSeenAndGoneAfterTheNextMaintenance() throws IOException {
        stage.ok(ingest(shop, "small"));
        stage.apply(Definition.once("big", shop, Gate.VIEW).with(json -> json.put("lease_secs", 2)));
        try (Gate _ = Gate.shut(shop)) {
            inMidCopy("run", "big").kill();
        }
        assertThat(unfinished()).hasSize(1);
        assertSeen("small");
        stage.ok("maintain");
        assertThat(unfinished()).isEmpty();

        killedBeforeItsCommit();
        List<Path> dead = dataFiles();
        assertThat(dead).hasSize(1);
        assertSeen("small");

        stage.ok("run", "big");
        assertNobodyWorks();
        assertThat(dataFiles()).containsAll(dead);
        letTimePass();
        stage.ok("maintain", "datasets.big");
        Set<Path> named = stage.lake().dataset("big").files(Long.MAX_VALUE);
        assertThat(dataFiles()).doesNotContainAnyElementsOf(dead).containsExactlyInAnyOrderElementsOf(named);
        assertBigIsThere();
    }

    /// It waits until the lease of the one before has expired, and dies when its files are complete.
    private void killedBeforeItsCommit() {
        stage.set("JDK_JAVA_OPTIONS", "-Dfreshet.test.pause_at=before-data-commit");
        FreshetProcess copy = stage.start("run", "big");
        Eventually.that(
                "it is about to commit", () -> copy.err().contains("paused at before-data-commit") || !copy.isAlive());
        copy.kill();
        stage.set("JDK_JAVA_OPTIONS", "");
    }

    private static String[] ingest(Database database, String table, String... more) {
        List<String> command =
                new ArrayList<>(List.of("ingest", "--from", database.dsn(), "--table", table, "--connections", "2"));
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }

    /// A copy that has begun a file and cannot end.
    private FreshetProcess inMidCopy(String... command) {
        FreshetProcess copy = stage.start(command);
        Eventually.that("a file is begun", () -> hasBegun() || !copy.isAlive());
        return copy;
    }

    private boolean hasBegun() {
        try {
            return !files(stage.root().resolve("datasets/big"), ".draft-").isEmpty();
        } catch (UncheckedIOException _) {
            return false; // a file went while we looked
        }
    }

    /// A copy over two connections whose network does not let the second half through.
    private FreshetProcess halfway(Proxy proxy, Duration silence) {
        proxy.swallowAfter(HALF_OF_THE_BYTES);
        FreshetProcess copy =
                inMidCopy(ingest(shop.through(proxy), "big", "--set", "postgres.silence_secs=" + silence.toSeconds()));
        Eventually.that("half of it is copied", () -> proxy.swallows() || !copy.isAlive());
        return copy;
    }

    private static void assertFails(FreshetProcess copy, Instant since, Duration within, String saying) {
        assertThat(copy.exit()).as(copy.toString()).isEqualTo(1);
        assertThat(Duration.between(since, Instant.now())).isLessThan(within);
        assertThat(complaint(copy))
                .startsWith("error[SOURCE_FAILED]: ingest:big: ")
                .contains("reading failed", saying);
    }

    /// The only line that it prints, but for the launcher's own.
    private static String complaint(FreshetProcess copy) {
        List<String> lines =
                copy.err().lines().filter(line -> !line.startsWith("freshet: ")).toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private void assertNothingIsLeftBut(String... datasets) {
        assertSeen(datasets);
        assertThat(unfinished()).isEmpty();
        assertThat(dataFiles()).isEmpty();
        assertNobodyWorks();
        assertThat(lastRun("failed").path("task").asText()).isEqualTo("ingest:big");
    }

    private void assertSeen(String... datasets) {
        assertThat(stage.json("get", "datasets"))
                .extracting(dataset -> dataset.path("name").asText())
                .containsExactly(datasets);
    }

    private void assertNobodyWorks() {
        assertThat(stage.lake().tasks())
                .isNotEmpty()
                .allSatisfy(task -> assertThat(task.path("status").asText()).isEqualTo("idle"));
    }

    private void assertBigIsThere() {
        assertThat(stage.lake().dataset("big").select("count(*), count(DISTINCT id), min(length(body))", ""))
                .containsExactly(List.of(Integer.toString(ROWS), Integer.toString(ROWS), "7901"));
    }

    private JsonNode lastRun(String outcome) {
        return stage.lake().runs().stream()
                .filter(run -> run.path("outcome").asText().equals(outcome))
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    /// Hidden files anywhere in the lake.
    private List<Path> unfinished() {
        return files(stage.root(), ".draft-");
    }

    private List<Path> dataFiles() {
        return files(stage.root().resolve("datasets/big"), "part-");
    }

    private static List<Path> files(Path folder, String beginning) {
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.of()) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All that is there is twice as old as files are that no version names.
    private void letTimePass() throws IOException {
        FileTime then = FileTime.from(Instant.now().minus(FILES_LIVE.multipliedBy(2)));
        for (Path file : files(stage.root().resolve("datasets/big"), "")) {
            Files.setLastModifiedTime(file, then);
        }
    }
}
