package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many processes that record into one table leave it in peace.
@Timeout(300)
class CommitPaceTest {
    @Test
    void fiftyPodsStayBelowTwoCommitsASecondAndLoseNothing() throws Exception {
        EventLake lake = new EventLake(11);
        List<EventRecorder> pods = new ArrayList<>();
        RecorderOptions options =
                RecorderOptions.with(new FullPolicy.Drop()).withQueue(new QueueLimits(10_000, 8 << 20));
        for (int i = 0; i < 50; i++) {
            pods.add(lake.recorder("pod" + i, options, 100));
        }
        int recorded = record(lake, pods, Duration.ofSeconds(70));
        long before = lake.snapshot("events").version();
        recorded += record(lake, pods, Duration.ofSeconds(90));
        long commits = lake.snapshot("events").version() - before;
        assertThat(commits / 90.0).isBetween(0.5, 2.0);
        assertThat(lake.slots()).hasSize(50);
        pods.forEach(
                pod -> assertThat(pod.close(Duration.ofMinutes(5)).isNothing()).isTrue());
        assertThat(lake.rows("events")).hasSize(recorded);
    }

    private static int record(EventLake lake, List<EventRecorder> pods, Duration time) throws InterruptedException {
        int recorded = 0;
        long end = lake.host.nanos() + time.toNanos();
        while (lake.host.nanos() < end) {
            for (EventRecorder pod : pods) {
                recorded += pod.record(Event.of("a")) == Acceptance.ACCEPTED ? 1 : 0;
            }
            lake.host.sleep(Duration.ofMillis(500));
        }
        return recorded;
    }

    @Test
    void oneProcessWaitsForNobodyAndCommitsNoMoreThanTwiceASecond() throws Exception {
        EventLake lake = new EventLake(12);
        EventRecorder pod = lake.inMemory();
        int recorded = record(lake, List.of(pod), Duration.ofMillis(1));
        for (int i = 0; i < 600; i++) {
            for (int event = 0; event < 20; event++) {
                recorded += pod.record(Event.of("a")) == Acceptance.ACCEPTED ? 1 : 0;
            }
            lake.host.sleep(Duration.ofMillis(100));
        }
        assertThat(lake.snapshot("events").version()).isBetween(40L, 120L);
        pod.close();
        assertThat(lake.rows("events")).hasSize(recorded);
        assertThat(pod.counts().dropped()).isZero();
    }
}
