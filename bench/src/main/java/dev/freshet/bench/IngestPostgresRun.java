package dev.freshet.bench;

import dev.freshet.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// How fast tables come out of a real PostgreSQL, at which cost, beside what the database itself could do and what
/// others make of it: whole commands, from their start to data that is there to be read.
public final class IngestPostgresRun {
    private IngestPostgresRun() {}

    /// @param arguments the project's folder, and options
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        IngestOptions options = IngestOptions.parse(arguments);
        Path folder = Files.createTempDirectory("freshet-bench-");
        try (PostgresServer server = PostgresServer.start()) {
            System.out.println(run(Path.of(arguments[0]), folder, server, options));
        } finally {
            Folders.delete(folder);
        }
    }

    private static String run(Path home, Path folder, PostgresServer server, IngestOptions options)
            throws IOException, SQLException, InterruptedException {
        System.err.println("bench: filling the tables");
        BenchTable small = new BenchTable(BenchTable.SMALL, 1);
        BenchTable lineitem;
        BenchTable wide;
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE small AS SELECT 1 AS id");
            lineitem = LineItems.fill(connection, options.scale());
            wide = WideRows.fill(connection, options.wideRows());
            // Nothing is left to be done by whoever reads first.
            statement.execute("VACUUM (FREEZE, ANALYZE)");
            statement.execute("CHECKPOINT");
        }
        Comparison comparison = new Comparison(Host.system(), folder);
        List<Contender> able =
                comparison.able(new Contenders(home, server).all(lineitem, wide, small), small, options.without());
        for (int round = 0; round < options.rounds(); round++) {
            comparison.round(able, round);
        }
        return new IngestFigures(comparison).json(options, lineitem, wide);
    }
}
