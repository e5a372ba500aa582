package dev.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.TaskRow;
import dev.freshet.control.TaskStatus;
import dev.freshet.host.SettableHost;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final SettableHost host = new SettableHost();
    private final Pace pace = new Pace(host, Duration.ofSeconds(10));

    @Test
    void aRoundThatFailedIsRepeatedInTimeForTheLeasesOfOthers() {
        round(List.of(held(Duration.ofSeconds(4))));
        pace.begin();
        pace.failed();
        assertThat(isTimeAfter(Duration.ofMillis(900))).isFalse();
        assertThat(isTimeAfter(Duration.ofMillis(100))).isTrue();
    }

    @Test
    void aRoundThatFailedWaitsForTheNextPollWhenNobodyHoldsALease() {
        round(List.of(held(Duration.ofSeconds(4))));
        round(List.of());
        pace.begin();
        pace.failed();
        assertThat(isTimeAfter(Duration.ofMillis(8_900))).isFalse();
        assertThat(isTimeAfter(Duration.ofMillis(2_200))).isTrue();
    }

    private void round(List<TaskRow> rows) {
        pace.begin();
        pace.next(rows, true, new Hands(), false);
    }

    private boolean isTimeAfter(Duration time) {
        host.pass(time);
        return pace.isTime(new AtomicBoolean());
    }

    private TaskRow held(Duration lease) {
        return TaskRow.idle("ingest:a", host.now())
                .with()
                .status(TaskStatus.PROCESSING)
                .lease(lease)
                .build();
    }
}
