package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.SettableHost;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class IngestPaceTest {
    private final SettableHost host = new SettableHost();

    @Test
    void rowsAreDueOneAfterTheOtherWhoeverReadsThem() throws InterruptedException {
        Pace pace = new Pace(host, OptionalLong.of(100));
        pace.wait(50, () -> false);
        assertThat(passed()).isEqualTo(Duration.ofMillis(500));
        pace.wait(250, () -> false);
        assertThat(passed()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whoIsNotWantedAnyMoreWaitsNoLonger() throws InterruptedException {
        Pace pace = new Pace(host, OptionalLong.of(1));
        pace.wait(1000, () -> passed().compareTo(Duration.ofSeconds(2)) >= 0);
        assertThat(passed()).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2200));
    }

    @Test
    void withoutALimitNobodyWaits() throws InterruptedException {
        new Pace(host, OptionalLong.empty()).wait(1_000_000, () -> false);
        assertThat(passed()).isZero();
    }

    private Duration passed() {
        return Duration.ofNanos(host.nanos());
    }
}
