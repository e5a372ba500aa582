package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A short chaos; `bench/run chaos` makes a long one.
class ChaosTest {
    private static final ChaosOptions FEW =
            new ChaosOptions(4, 4, Duration.ofSeconds(3), 20_261_121, 3, Duration.ofSeconds(4), false);

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void processesThatAreKilledAndStoppedDamageNothingAndOthersTakeOver() throws Exception {
        ChaosReport report = new Chaos(FEW, stage, System.err).run();

        System.err.println(report.json());
        assertThat(report.damages()).as(FEW.command()).isEmpty();
        assertThat(report.aimedPauses()).isEqualTo(2);
        assertThat(report.takeovers()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(report.zombieAttempts()).isPositive();
    }
}
