package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Real processes on the backfill of one rollup: killed in the middle, and several at once.
class KilledBackfillTest {
    private static final int KILLS = 3;
    private static final int HELD = 4;

    @RegisterExtension
    final Stage stage = new Stage();

    private Usage usage;

    @BeforeEach
    void copyTheFacts() {
        usage = Usage.on(stage);
    }

    @Test
    void killedAtThreeRandomSlicesABackfillIsContinuedAndNoSliceIsDoneTwice() throws InterruptedException {
        long seed =
                Long.getLong("freshet.test.seed", RandomGenerator.getDefault().nextLong(1_000_000));
        System.out.println("KilledBackfillTest: -Dfreshet.test.seed=" + seed);
        Random random = new Random(seed);
        List<Integer> at = random.ints(1, Usage.MONTHS)
                .distinct()
                .limit(KILLS)
                .sorted()
                .boxed()
                .toList();
        for (int slice : at) {
            String former = claim();
            FreshetProcess backfill = stage.start("rollup", "backfill", Usage.NAME, "--pause", "1s");
            Eventually.that("it goes on", () -> !claim().equals(former));
            Eventually.that(slice + " slices are done", () -> usage.slices() >= slice);
            Thread.sleep(random.nextInt(1000));
            backfill.kill();
            assertThat(usage.slices()).isGreaterThanOrEqualTo(slice);
        }
        int left = Usage.MONTHS - usage.slices();
        stage.ok("rollup", "backfill", Usage.NAME);

        assertThat(slicesInTheLog()).as("seed " + seed).isEqualTo(months());
        assertThat(outcomes()).as("seed " + seed).containsExactly("lost", "lost", "lost", "succeeded");
        assertThat(lastRun().path("reason").asText()).isEqualTo("slices=" + left + " resumed=" + (Usage.MONTHS - left));
        assertThat(stage.json("checkpoint", "list", Usage.TASK).findValuesAsText("steps"))
                .endsWith(Integer.toString(Usage.MONTHS));
        assertEqualToItsRecomputation();
        assertThat(usage.slices()).as("nothing is under way").isZero();
    }

    /// What the newest claim of the backfill is known by; empty if there was none.
    private String claim() {
        return stage.lake().tasks().stream()
                .filter(task -> task.path("task_name").asText().equals(Usage.TASK))
                .map(task -> task.path("token").asText())
                .findFirst()
                .orElse("");
    }

    /// The month behind which each commit of rows says to go on, in the order of the commits.
    private List<String> slicesInTheLog() {
        return usage.rollup().commits().stream()
                .filter(DeltaFolder.Commit::changesData)
                .map(commit -> Usage.state(commit).orElseThrow().path("pass").path("through"))
                .map(through -> through.asText("the end"))
                .toList();
    }

    private static List<String> months() {
        return Stream.concat(
                        IntStream.range(1, Usage.MONTHS)
                                .mapToObj(YearMonth.of(2025, 1)::plusMonths)
                                .map(month -> start(month).toString()),
                        Stream.of("the end"))
                .toList();
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    @Test
    void ofTwoBackfillsAndATickAtOnceOneWorksAndTheOthersSayWhyNot() {
        FreshetProcess a = backfill("a");
        FreshetProcess b = backfill("b");
        Eventually.that("one of them works", () -> usage.slices() >= 1);
        FreshetProcess tick = stage.run("rollup", "tick", Usage.NAME, "--no-wait");
        assertThat(usage.slices()).as("the backfill goes on").isPositive();
        List<FreshetProcess> backfills = List.of(a, b);
        FreshetProcess worker = backfills.stream()
                .filter(process -> process.exit() == 0)
                .findFirst()
                .orElseThrow();
        FreshetProcess loser = worker.equals(a) ? b : a;
        String pod = worker.equals(a) ? "a" : "b";

        assertThat(List.of(loser, tick)).allSatisfy(refused -> {
            assertThat(refused.exit()).isEqualTo(HELD);
            assertThat(refused.err())
                    .startsWith("error[LEASE_HELD]: " + Usage.TASK + " is held by pod " + pod + " since ")
                    .hasLineCount(1);
            assertThat(refused.out()).isEmpty();
        });
        assertThat(slicesInTheLog()).isEqualTo(months());
        assertThat(outcomes()).containsExactly("succeeded");
        assertEqualToItsRecomputation();
    }

    private FreshetProcess backfill(String podId) {
        var _ = stage.set("FRESHET_POD_ID", podId);
        return stage.start("rollup", "backfill", Usage.NAME, "--no-wait", "--pause", "2s");
    }

    private List<String> outcomes() {
        return runs().map(run -> run.path("outcome").asText()).toList();
    }

    private JsonNode lastRun() {
        return runs().reduce((_, later) -> later).orElseThrow();
    }

    private Stream<JsonNode> runs() {
        return stage.lake().runs().stream()
                .filter(run -> run.path("task").asText().equals(Usage.TASK));
    }

    private void assertEqualToItsRecomputation() {
        assertThat(stage.json("rollup", "verify", Usage.NAME)
                        .get(0)
                        .path("equal")
                        .asBoolean())
                .isTrue();
        assertThat(usage.rows()).isEqualTo(usage.expected());
    }
}
