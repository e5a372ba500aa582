package dev.freshet.rollup;

import static dev.freshet.rollup.UsageLake.made;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunRecord;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollupTest {
    @TempDir
    Path folder;

    private UsageLake lake;

    @BeforeEach
    void open() {
        lake = new UsageLake(folder);
    }

    @Test
    void theReferenceCaseIsRolledUpByHourAndFollowsItsFacts() {
        lake.facts.insert(
                Fact.at("2025-11-30T23:10:00Z", 1, "t1"),
                Fact.at("2025-12-01T00:10:00Z", 2, "t1"),
                Fact.at("2025-12-01T00:59:59.999999Z", 3, "t1"));
        RunRecord first = lake.process().tick();
        assertThat(first.outcome()).as(String.valueOf(first.error())).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts())).hasSize(2);
        lake.facts.insert(Fact.at("2025-12-01T00:30:00Z", 4, "t2"), Fact.at("2026-01-01T00:00:00Z", 5, "t3"));
        RunRecord second = lake.process().tick();
        assertThat(second.outcome()).as(String.valueOf(second.error())).isEqualTo(Outcome.SUCCEEDED);
        assertThat(lake.rows()).isEqualTo(made(lake.facts.facts())).hasSize(3);
        assertThat(lake.rollup().verify().equal()).isTrue();
        assertThat(lake.process().tick().outcome()).isEqualTo(Outcome.UNCHANGED);
    }
}
