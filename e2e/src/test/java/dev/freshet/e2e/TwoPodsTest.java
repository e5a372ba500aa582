package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Two services on one lake share the work, and one does what a dead, a sleeping or a leaving one left undone.
class TwoPodsTest {
    private static final int SCHEDULES = 10;
    private static final int ROUNDS = 3;
    private static final Duration LEASE = Duration.ofSeconds(Definition.LEASE_SECONDS);
    private static final Duration TICK = Duration.ofSeconds(1);

    /// What a process of a machine with other work needs, beyond the time that the protocol promises.
    private static final Duration BUSY_MACHINE = Duration.ofSeconds(5);

    @RegisterExtension
    final Stage stage = new Stage();

    private final Database database = Postgres.newDatabase();

    @Test
    void everyDueTimeIsSettledOnceAndBothPodsWork() {
        List<String> ids =
                IntStream.range(0, SCHEDULES).mapToObj(n -> "table" + n).toList();
        ids.forEach(this::makeTable);
        stage.apply(ids.stream()
                .map(id -> Definition.every(2, id, database, id).with(json -> json.put("lease_secs", 60)))
                .toArray(Definition[]::new));

        List<FreshetProcess> pods =
                List.of(stage.serve("a", "--max-running", "2"), stage.serve("b", "--max-running", "2"));
        Eventually.that("every schedule has run " + ROUNDS + " times, and both pods have worked", () -> {
            List<JsonNode> runs = stage.lake().runs();
            return ids.stream().allMatch(id -> count(runs, id) >= ROUNDS)
                    && pods(runs).equals(Set.of("a", "b"));
        });
        pods.forEach(FreshetProcess::terminate);

        assertThat(pods).allSatisfy(pod -> assertThat(pod.exit()).isZero());
        assertThat(ids).allSatisfy(id -> assertEveryDueTimeFollowsFromTheLastRun(id, Duration.ofSeconds(2)));
        assertThat(ids).allSatisfy(id -> assertThat(dataset(id)).isEqualTo(source(id)));
        assertThat(stage.lake().tasks())
                .allSatisfy(task -> assertThat(task.path("status").asText()).isEqualTo("idle"));
        assertThat(stage.json("get", "runs")).hasSameSizeAs(stage.lake().runs());
    }

    @Test
    void aPodKilledInMidRunIsReplacedByTheOtherInTime() {
        makeTable("orders");
        Gate.build(database, "orders");
        FreshetProcess a;
        Instant killed;
        try (Gate _ = Gate.shut(database)) {
            stage.apply(Definition.once("orders", database, Gate.VIEW));
            a = stage.serve("a");
            Eventually.that("a waits in mid-run", () -> Gate.waiting(database) == 1);
            FreshetProcess _ = stage.serve("b");
            Eventually.that("b observes", () -> stage.lake().worker("orders").equals("a"));
            a.kill();
            killed = Instant.now();
        }
        JsonNode run = onlySuccess("orders");

        assertThat(run.path("pod_id").asText()).isEqualTo("b");
        assertThat(time(run, "started_at"))
                .isBetween(killed, killed.plus(LEASE.multipliedBy(2)).plus(TICK).plus(BUSY_MACHINE));
        assertThat(lost("orders")).singleElement().satisfies(lost -> {
            assertThat(lost.path("pod_id").asText()).isEqualTo("a");
            assertThat(lost.path("due_at")).isEqualTo(run.path("due_at"));
        });
        assertThat(dataset("orders")).isEqualTo(source("orders"));
    }

    @Test
    void aRunKilledBetweenItsDataCommitAndItsReleaseIsAdopted() {
        makeTable("orders");
        stage.apply(Definition.once("orders", database, "orders"));
        stage.serveUntil("after-data-commit", "a").kill();
        FreshetProcess _ = stage.serve("b");
        JsonNode run = onlySuccess("orders");

        assertThat(run.path("adopted").asBoolean()).isTrue();
        assertThat(dataCommits("orders")).singleElement().satisfies(commit -> {
            assertThat(run.path("version").asLong()).isEqualTo(commit.version());
            assertThat(run.path("run_id")).isEqualTo(mark(commit).path("run_id"));
        });
        assertThat(lost("orders")).isEmpty();
        assertThat(dataset("orders")).isEqualTo(source("orders"));
    }

    @Test
    void aRunKilledAfterItsRecordIsNeitherRepeatedNorShownTwice() {
        makeTable("orders");
        stage.apply(Definition.once("orders", database, "orders"));
        stage.serveUntil("after-ledger", "a").kill();
        FreshetProcess _ = stage.serve("b");
        Eventually.that(
                "the dead pod's lease is released",
                () -> stage.lake().worker("orders").isEmpty());

        assertThat(onlySuccess("orders").path("pod_id").asText()).isEqualTo("a");
        assertThat(stage.json("get", "runs", "orders")).hasSize(1);
        assertThat(dataCommits("orders")).hasSize(1);
    }

    @Test
    void aPodThatSleptThroughItsLeaseCommitsNothingOfItsOldRun() {
        makeTable("orders");
        Gate.build(database, "orders");
        FreshetProcess a;
        FreshetProcess b;
        try (Gate _ = Gate.shut(database)) {
            stage.apply(Definition.every(2, "orders", database, Gate.VIEW));
            a = stage.serve("a");
            Eventually.that("a waits in mid-run", () -> Gate.waiting(database) == 1);
            b = stage.serve("b");
            a.suspend();
            Eventually.that("b waits in mid-run, too", () -> Gate.waiting(database) == 2);
        }
        Eventually.that("b has run", () -> !stage.lake().succeeded("orders").isEmpty());
        a.resume();
        b.terminate();
        assertThat(b.exit()).isZero();
        Eventually.that(
                "a works again", () -> pods(stage.lake().succeeded("orders")).contains("a"));
        a.terminate();
        assertThat(a.exit()).isZero();

        String former = lost("orders").getFirst().path("run_id").asText();
        assertThat(stage.lake().dataset("orders").commits())
                .noneSatisfy(commit -> assertThat(commit.domain("freshet.ingest"))
                        .hasValueSatisfying(
                                mark -> assertThat(mark.path("run_id").asText()).isEqualTo(former)));
        assertThat(fences("orders")).isSorted();
        assertEveryDueTimeFollowsFromTheLastRun("orders", Duration.ofSeconds(2));
        assertThat(dataset("orders")).isEqualTo(source("orders"));
    }

    @Test
    void aPodToldToStopLetsItsRunEnd() {
        makeTable("orders");
        Gate.build(database, "orders");
        FreshetProcess pod;
        try (Gate _ = Gate.shut(database)) {
            stage.apply(Definition.once("orders", database, Gate.VIEW));
            pod = stage.serve("a");
            Eventually.that("a waits in mid-run", () -> Gate.waiting(database) == 1);
            pod.terminate();
            Eventually.that("a is about to stop", () -> pod(pod, "stopping"));
        }

        assertThat(pod.exit()).isZero();
        assertThat(onlySuccess("orders").path("pod_id").asText()).isEqualTo("a");
        assertThat(stage.lake().worker("orders")).isEmpty();
    }

    @Test
    void aPodToldToStopHandsBackWhatDoesNotEndInTime() {
        makeTable("orders");
        Gate.build(database, "orders");
        try (Gate _ = Gate.shut(database)) {
            stage.apply(Definition.once("orders", database, Gate.VIEW).with(json -> json.put("lease_secs", 3600)));
            FreshetProcess pod = stage.serve("a", "--set", "shutdown.grace_secs=1");
            Eventually.that("a waits in mid-run", () -> Gate.waiting(database) == 1);
            pod.terminate();
            assertThat(pod.exit()).isZero();
            assertThat(stage.lake().worker("orders")).isEmpty();
        }
        FreshetProcess _ = stage.serve("b");

        assertThat(onlySuccess("orders").path("pod_id").asText()).isEqualTo("b");
        assertThat(lost("orders")).isEmpty();
        assertThat(dataset("orders")).isEqualTo(source("orders"));
    }

    private static boolean pod(FreshetProcess pod, String says) {
        return pod.err().contains(says);
    }

    private void makeTable(String name) {
        database.run(
                "CREATE TABLE " + name + " (id int PRIMARY KEY, note text)",
                "INSERT INTO " + name + " SELECT n, '" + name + " ' || n FROM generate_series(1, 100) AS n");
    }

    private List<List<String>> source(String table) {
        return database.rows("SELECT id, note FROM " + table + " ORDER BY id");
    }

    private List<List<String>> dataset(String name) {
        return stage.lake().dataset(name).select("id, note", "ORDER BY id");
    }

    /// The one run of a schedule that succeeded, once there is one.
    private JsonNode onlySuccess(String id) {
        Eventually.that(id + " has run", () -> !stage.lake().succeeded(id).isEmpty());
        List<JsonNode> runs = stage.lake().succeeded(id);
        assertThat(runs).hasSize(1);
        return runs.getFirst();
    }

    private List<JsonNode> lost(String id) {
        return stage.lake()
                .runs(id)
                .filter(run -> run.path("outcome").asText().equals("lost"))
                .toList();
    }

    private List<DeltaFolder.Commit> dataCommits(String dataset) {
        return stage.lake().dataset(dataset).commits().stream()
                .filter(DeltaFolder.Commit::changesData)
                .toList();
    }

    private static JsonNode mark(DeltaFolder.Commit commit) {
        return commit.domain("freshet.ingest").orElseThrow();
    }

    private List<String> fences(String dataset) {
        return stage.lake().dataset(dataset).commits().stream()
                .flatMap(commit -> commit.fence().stream())
                .toList();
    }

    /// An interval counts from the end of the last run, so the ledger itself says what was due: nothing else ran, and
    /// nothing was left out.
    private void assertEveryDueTimeFollowsFromTheLastRun(String id, Duration interval) {
        List<JsonNode> runs = stage.lake().succeeded(id);
        for (int n = 1; n < runs.size(); n++) {
            assertThat(time(runs.get(n), "due_at"))
                    .as("the due time after " + runs.get(n - 1) + " of " + runs)
                    .isEqualTo(time(runs.get(n - 1), "finished_at").plus(interval));
        }
        assertThat(runs).extracting(run -> run.path("run_id").asText()).doesNotHaveDuplicates();
    }

    private static long count(List<JsonNode> runs, String id) {
        return runs.stream()
                .filter(run -> run.path("schedule").asText().equals(id))
                .filter(run -> run.path("outcome").asText().equals("succeeded"))
                .count();
    }

    private static Set<String> pods(List<JsonNode> runs) {
        return runs.stream().map(run -> run.path("pod_id").asText()).collect(Collectors.toSet());
    }

    private static Instant time(JsonNode run, String field) {
        return Instant.parse(run.path(field).asText().replace(' ', 'T').replace("+00", "Z"));
    }
}
