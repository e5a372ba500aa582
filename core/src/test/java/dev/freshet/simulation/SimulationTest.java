package dev.freshet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A short campaign of each kind; `bench/run simulate` plays long ones.
class SimulationTest {
    /// Of all kinds together a minute.
    private static final Duration CPU_TIME = Duration.ofSeconds(20);
    private static final int LEAST = 3;
    private static final int MOST = 40;

    @ParameterizedTest
    @EnumSource(Story.Kind.class)
    void whateverHappensNoRuleOfTheProtocolIsBroken(Story.Kind kind) {
        Campaign campaign = new Campaign();
        long start = cpuNanos();
        for (long seed = 1; seed <= LEAST || (seed <= MOST && cpuNanos() - start < CPU_TIME.toNanos()); seed++) {
            Outcome story = Simulation.play(kind, seed);
            assertThat(story.violations())
                    .as("bench/run simulate --scenario %s --trace %d", kind, seed)
                    .isEmpty();
            campaign.add(story);
        }
        assertThat(campaign.of(Count.DECISIONS)).as("decisions").isGreaterThan(200L * campaign.seeds());
        for (Count count : List.of(
                Count.RUNS, Count.RECLAIMS, Count.UNKNOWN_RESOLVED, Count.CONFLICTS, Count.LOST, Count.EVICTIONS)) {
            assertThat(campaign.of(count)).as("something happened: %s", count).isGreaterThan(campaign.seeds());
        }
        assertThat(campaign.of(Count.ADOPTED) + campaign.of(Count.FENCED) + campaign.of(Count.CLEANED))
                .as("commits adopted and fenced, logs cleaned")
                .isGreaterThan(campaign.seeds());
    }

    /// The time that threads of this process had the processor, ended ones included.
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    @Test
    void clocksTenMinutesApartThatJumpByAnHourCauseNeitherADoubleRunNorAnEarlyReclaim() {
        long jumps = 0;
        long seed = 1000;
        for (int stories = 0; stories < 3; seed++) {
            if (Story.of(Story.Kind.FAIR, seed).jumps() > 1) {
                Outcome story = Simulation.play(Story.Kind.FAIR, seed);
                assertThat(story.violations()).as("seed %d", seed).isEmpty();
                jumps += story.of(Count.JUMPS);
                stories++;
            }
        }
        assertThat(jumps).isGreaterThan(5);
    }

    @Test
    void withATenthOfTheRepliesLostAndAFifthOfTheCallsFailingWorkGoesOn() {
        Outcome story = Simulation.play(Story.Kind.STORM, 2000);
        assertThat(Network.STORMY.errors()).isGreaterThanOrEqualTo(0.2);
        assertThat(Network.STORMY.lost() + Network.STORMY.late()).isGreaterThanOrEqualTo(0.1);
        assertThat(story.violations()).isEmpty();
        assertThat(story.of(Count.RUNS)).isGreaterThan(10);
        assertThat(story.of(Count.UNKNOWN_RESOLVED)).isGreaterThan(10);
    }

    @Test
    void aSeedIsPlayedTheSameWayAgain() {
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();
        Outcome one = Simulation.play(Story.Kind.STORM, 5, Set.of(), first::add);
        Outcome two = Simulation.play(Story.Kind.STORM, 5, Set.of(), second::add);
        assertThat(second).isEqualTo(first).hasSizeGreaterThan(1000);
        assertThat(two.traceHash()).isEqualTo(one.traceHash());
        assertThat(Simulation.play(Story.Kind.STORM, 6).traceHash()).isNotEqualTo(one.traceHash());
    }
}
