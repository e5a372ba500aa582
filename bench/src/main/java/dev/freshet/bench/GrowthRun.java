package dev.freshet.bench;

import dev.freshet.control.ControlUpkeep;
import dev.freshet.host.Host;
import dev.freshet.table.DeltaTable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/// What a claim and its release cost on an old lake and on young ones, measured in turns, and how many files the old
/// one's control folder held at most.
final class GrowthRun {
    private static final Duration FLOOR = Duration.ofMinutes(1);
    private static final ControlUpkeep UPKEEP = ControlUpkeep.DEFAULT.withTimes(FLOOR, FLOOR);
    private static final int YOUNG_FROM = 80;
    private static final int YOUNG_TO = 120;
    private static final int MOST_ROUNDS = 600;
    /// The rate of commits is measured in steps; even a small run needs one of them for its bound.
    private static final int STEP = 500;
    /// A cleaning that is under way.
    private static final Duration TURN = Duration.ofSeconds(20);

    private final Host host;
    private final Samples oldWall = new Samples();
    private final Samples oldCpu = new Samples();
    private final Samples youngWall = new Samples();
    private final Samples youngCpu = new Samples();
    private int mostFiles;
    private double mostCommitsPerSecond;

    GrowthRun(Host host) {
        this.host = host;
    }

    void run(int commits) throws IOException {
        try (ControlLake old = new ControlLake(host, UPKEEP)) {
            int rounds = Math.min(MOST_ROUNDS, commits);
            grow(old, Math.max(STEP, commits - rounds));
            for (int round = 0; round < rounds; ) {
                round += compare(old);
            }
            mostFiles = Math.max(mostFiles, old.files());
        }
    }

    private void grow(ControlLake old, int commits) {
        while (old.commits() < commits) {
            long start = host.nanos();
            old.growTo(Math.min(commits, old.commits() + STEP));
            mostCommitsPerSecond = Math.max(mostCommitsPerSecond, STEP * 1e9 / (host.nanos() - start));
            mostFiles = Math.max(mostFiles, old.files());
            if (old.commits() % 5000 == 0) {
                System.err.println("control: " + old.commits() + " commits, at most " + mostFiles + " files");
            }
        }
    }

    /// A young lake's claims around its hundredth commit, in turns with the old lake's.
    private int compare(ControlLake old) throws IOException {
        int rounds = 0;
        try (ControlLake young = new ControlLake(host, UPKEEP)) {
            young.growTo(YOUNG_FROM);
            for (; young.commits() < YOUNG_TO; rounds++) {
                add(young.claimAndRelease(), youngWall, youngCpu);
                add(old.claimAndRelease(), oldWall, oldCpu);
            }
        }
        return rounds;
    }

    private static void add(ControlLake.Cost cost, Samples wall, Samples cpu) {
        wall.add(cost.wallNanos());
        cpu.add(cost.cpuNanos());
    }

    /// A commit and its file of rows for the floor and until the next cleaning has ended, the rows for half the floor
    /// longer, and two files for every state that is kept, with a checkpoint or without.
    private long bound() {
        double seconds = FLOOR.toSeconds() + TURN.toSeconds();
        double versions = mostCommitsPerSecond * seconds + UPKEEP.cleanEvery() + UPKEEP.checkpointEvery();
        double rowsOnly = mostCommitsPerSecond * FLOOR.toSeconds() / 2;
        return Math.round(2 * versions + rowsOnly + 2 * versions / DeltaTable.UPKEEP_EVERY);
    }

    void into(Map<String, Object> figures) {
        double wall = oldWall.median() / youngWall.median();
        double cpu = oldCpu.median() / youngCpu.median();
        figures.put("growth_ratio", Math.max(wall, cpu));
        figures.put("growth_wall_ratio", wall);
        figures.put("growth_cpu_ratio", cpu);
        figures.put("old_wall_p50_ms", oldWall.median());
        figures.put("old_cpu_p50_ms", oldCpu.median());
        figures.put("max_files", mostFiles);
        figures.put("max_files_bound", bound());
    }
}
