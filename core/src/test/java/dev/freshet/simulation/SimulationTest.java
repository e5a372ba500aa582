package dev.freshet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
    @ParameterizedTest
    @EnumSource(Story.Kind.class)
    void nothingIsBroken(Story.Kind kind) {
        for (long seed = 1; seed <= 3; seed++) {
            long start = System.nanoTime();
            Outcome outcome = Simulation.play(kind, seed);
            System.out.println(kind + " " + outcome + " " + (System.nanoTime() - start) / 1_000_000 + " ms");
            assertThat(outcome.violations()).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void aSeedIsPlayedTheSameWayAgain() {
        assertThat(Simulation.play(Story.Kind.STORM, 5).traceHash())
                .isEqualTo(Simulation.play(Story.Kind.STORM, 5).traceHash());
    }
}
