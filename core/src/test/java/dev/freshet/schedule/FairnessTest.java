package dev.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.TaskRow;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FairnessTest {
    private static final Duration COMMIT = Duration.ofMillis(50);

    /// Longer than a commit against all others, and far shorter than the ten seconds between two plain looks.
    private static final Duration BOUND = Duration.ofSeconds(3);

    @Test
    void everyPodGetsAShareAndNoDueTaskWaitsWhileAnyPodHasPlaces() {
        Pods pods = new Pods(COMMIT, Duration.ofSeconds(2));
        pods.define(240, 3600);
        for (int i = 0; i < 6; i++) {
            pods.join("pod" + i, 10);
        }
        Idleness idleness = new Idleness(pods, 240);
        pods.play(Duration.ofSeconds(25), idleness::look);
        assertThat(pods.started).as("every due task was started").hasSize(240);
        assertThat(pods.members)
                .allSatisfy(pod ->
                        assertThat(pod.runs).as("a pod's fair share is 40").isBetween(25, 55));
        assertThat(idleness.longest).isLessThan(BOUND);
    }

    @Test
    void aPodWithOnePlaceBesideAPodWithAHundredIsNotStarved() {
        Pods pods = new Pods(COMMIT, Duration.ofSeconds(1));
        pods.define(400, 3600);
        Pods.Member small = pods.join("small", 1);
        Pods.Member large = pods.join("large", 100);
        Idleness idleness = new Idleness(pods, 400);
        pods.play(Duration.ofSeconds(10), idleness::look);
        assertThat(pods.started).hasSize(400);
        assertThat(small.runs).as("it is at work most of the time").isGreaterThanOrEqualTo(4);
        assertThat(large.runs).isGreaterThan(350);
        assertThat(idleness.longest).isLessThan(BOUND);
    }

    @Test
    void noTaskStarvesThoughOthersAreDueAgainAndAgain() {
        Pods pods = new Pods(COMMIT, Duration.ofSeconds(5));
        pods.define(60, 60);
        pods.join("a", 2);
        pods.join("b", 2);
        pods.play(Duration.ofMinutes(4), () -> {});
        assertThat(pods.rows())
                .as("sixty tasks a minute for four places: each has its turn")
                .hasSize(60)
                .allSatisfy(row -> assertThat(row.runCount()).isBetween(2L, 4L));
        assertThat(pods.started.values())
                .allSatisfy(start -> assertThat(start)
                        .isBefore(pods.started.values().stream()
                                .min(Instant::compareTo)
                                .orElseThrow()
                                .plusSeconds(150)));
    }

    @Test
    void aPodTakesNoMoreThanItCanRun() {
        Pods pods = new Pods(COMMIT, Duration.ofSeconds(30));
        pods.define(300, 3600);
        List<Pods.Member> members = List.of(pods.join("a", 1), pods.join("b", 7), pods.join("c", 120));
        pods.play(
                Duration.ofSeconds(20),
                () -> assertThat(members)
                        .allSatisfy(pod -> assertThat(pod.working()).isLessThanOrEqualTo(pod.places)));
        assertThat(members).extracting(Pods.Member::working).containsExactly(1, 7, 120);
    }

    /// How long at a stretch a pod had places while some task was due, idle and unclaimed.
    private static final class Idleness {
        private final Pods pods;
        private final int tasks;
        private final Map<Pods.Member, Instant> since = new IdentityHashMap<>();
        private Duration longest = Duration.ZERO;

        Idleness(Pods pods, int tasks) {
            this.pods = pods;
            this.tasks = tasks;
        }

        void look() {
            Instant now = pods.clock.now();
            boolean due = pods.started.size() < tasks || pods.rows().stream().anyMatch(row -> isDue(row, now));
            for (Pods.Member pod : pods.members) {
                if (due && pod.working() < pod.places) {
                    Duration idle = Duration.between(since.computeIfAbsent(pod, _ -> now), now);
                    longest = idle.compareTo(longest) > 0 ? idle : longest;
                } else {
                    since.remove(pod);
                }
            }
        }

        private static boolean isDue(TaskRow row, Instant now) {
            return !row.isProcessing() && row.enabled() && !row.readyAt().isAfter(now);
        }
    }
}
