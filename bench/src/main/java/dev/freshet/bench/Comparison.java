package dev.freshet.bench;

import dev.freshet.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Lets contenders copy tables in turn, round by round, each into a folder of its own, so that whatever slows the
/// machine down for a while slows all of them down. Who lost or doubled rows has no figures.
final class Comparison {
    private static final double MEGA = 1e6;

    private final Path folder;
    private final TimedCommand timed;
    private final Map<String, Costs> costs = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();

    Comparison(Host host, Path folder) {
        this.folder = folder;
        this.timed = new TimedCommand(host, folder);
    }

    /// Those that can copy a table of one row here. The others are skipped, with what they said at last.
    List<Contender> able(List<Contender> contenders, BenchTable probe, List<String> without)
            throws IOException, InterruptedException, SQLException {
        List<Contender> able = new ArrayList<>();
        for (Contender contender : contenders) {
            if (without.contains(contender.name().replaceFirst("-[0-9]$", ""))) {
                skipped.put(contender.name(), "not asked for");
                continue;
            }
            try {
                var _ = copy(contender, probe);
                able.add(contender);
            } catch (TimedCommand.CommandFailed e) {
                skipped.put(contender.name(), lastLine(String.valueOf(e.getMessage())));
                System.err.printf("bench: without %s: %s%n", contender.name(), e.getMessage());
            }
        }
        return able;
    }

    private static String lastLine(String text) {
        return text.lines().reduce("", (first, second) -> second.isBlank() ? first : second);
    }

    void round(List<Contender> contenders, int number) throws IOException, InterruptedException, SQLException {
        List<Contender> turns = new ArrayList<>(contenders);
        Collections.rotate(turns, -number);
        List<BenchTable> tables = contenders.stream()
                .flatMap(contender -> contender.tables().stream())
                .distinct()
                .toList();
        // Table by table, so that those who are compared follow each other within seconds.
        for (BenchTable table : tables) {
            for (Contender contender : turns) {
                if (contender.tables().contains(table)) {
                    turn(contender, table, number);
                }
            }
        }
    }

    private void turn(Contender contender, BenchTable table, int number)
            throws IOException, InterruptedException, SQLException {
        Cost cost = copy(contender, table);
        costs.computeIfAbsent(key(contender.name(), table.name()), key -> new Costs())
                .add(cost);
        System.err.printf(
                Locale.ROOT,
                "bench: round %d: %-12s %-8s %6.2f s, %6.2f s of CPU, %4d MB, %6.1f MB written%n",
                number + 1,
                contender.name(),
                table.name(),
                cost.seconds(),
                cost.cpuSeconds(),
                cost.rssMegabytes(),
                cost.fileMegabytes());
    }

    private Cost copy(Contender contender, BenchTable table) throws IOException, InterruptedException, SQLException {
        Path target = folder.resolve("target");
        Files.createDirectories(Contenders.data(target));
        // What others left to be written to disk is not to be waited for by this one.
        new ProcessBuilder("sync").start().waitFor();
        try {
            Cost cost = timed.run(contender.commands().copy(table, target));
            if (!contender.writes()) {
                return cost;
            }
            checkRows(contender, table, target);
            return new Cost(cost.seconds(), cost.cpuSeconds(), cost.rssMegabytes(), megabytes(target));
        } finally {
            Folders.delete(target);
        }
    }

    private static void checkRows(Contender contender, BenchTable table, Path target) throws SQLException {
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                ResultSet count = duckDb.createStatement()
                        .executeQuery("SELECT count(*) FROM read_parquet('%s/**/*.parquet')"
                                .formatted(Contenders.data(target)))) {
            count.next();
            if (count.getLong(1) != table.rows()) {
                throw new IllegalStateException("%s copied %d of %d rows of %s"
                        .formatted(contender.name(), count.getLong(1), table.rows(), table.name()));
            }
        }
    }

    private static double megabytes(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(Contenders.data(target))) {
            return files.filter(file -> file.toString().endsWith(".parquet")
                                    && !file.toString().contains("/_delta_log/"))
                            .mapToLong(file -> file.toFile().length())
                            .sum()
                    / MEGA;
        }
    }

    private static String key(String contender, String table) {
        return contender + " " + table;
    }

    /// Empty for whom there are no figures.
    Optional<Costs> of(String contender, String table) {
        return Optional.ofNullable(costs.get(key(contender, table)));
    }

    /// Who was left out, and why.
    Map<String, String> skipped() {
        return Collections.unmodifiableMap(skipped);
    }
}
