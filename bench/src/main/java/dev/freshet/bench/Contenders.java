package dev.freshet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Everything that copies tables in an [IngestPostgresRun].
final class Contenders {
    static final String FLOOR = "psql";
    static final String FRESHET_1 = "freshet-1";
    static final String FRESHET_2 = "freshet-2";
    static final String PARQUET_JAVA = "parquet-java";
    static final String SPARK = "spark";
    static final String DUCKDB_1 = "duckdb-1";
    static final String DUCKDB_2 = "duckdb-2";

    private final Path home;
    private final PostgresServer server;

    Contenders(Path home, PostgresServer server) {
        this.home = home;
        this.server = server;
    }

    /// @param wide is not for Spark: it says nothing more about it, and would take most of the time
    /// @param small what a command costs that has hardly anything to do
    List<Contender> all(BenchTable lineitem, BenchTable wide, BenchTable small)
            throws IOException, InterruptedException {
        List<BenchTable> both = List.of(lineitem, wide);
        Path classes = compileSparkIngest();
        return List.of(
                new Contender(FLOOR, both, false, (table, folder) -> copyToNothing(table)),
                new Contender(
                        FRESHET_1, List.of(lineitem, wide, small), true, (table, folder) -> freshet(table, folder, 1)),
                new Contender(FRESHET_2, both, true, (table, folder) -> freshet(table, folder, 2)),
                new Contender(
                        PARQUET_JAVA,
                        both,
                        true,
                        (table, folder) -> freshet(table, folder, 1, "--set", "parquet.encoder=parquet-java")),
                new Contender(SPARK, List.of(lineitem), true, (table, folder) -> spark(classes, table, folder)),
                new Contender(DUCKDB_1, both, true, (table, folder) -> duckDb(table, folder, 1)),
                new Contender(DUCKDB_2, both, true, (table, folder) -> duckDb(table, folder, 2)));
    }

    private ProcessBuilder copyToNothing(BenchTable table) {
        return new ProcessBuilder(
                        server.psql().toString(),
                        "-X",
                        "-q",
                        "-h",
                        "localhost",
                        "-p",
                        Integer.toString(server.port()),
                        "-U",
                        PostgresServer.USER,
                        "-d",
                        PostgresServer.DATABASE,
                        "-c",
                        "COPY %s TO STDOUT (FORMAT binary)".formatted(table.name()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    /// As a user starts it: nothing is set but where from, where to, and over how many connections.
    private ProcessBuilder freshet(BenchTable table, Path folder, int connections, String... more) {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("freshet").toString(),
                "ingest",
                "--from",
                server.dsn(),
                "--table",
                table.name(),
                "--lake",
                folder.toString(),
                "--connections",
                Integer.toString(connections)));
        command.addAll(Arrays.asList(more));
        return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private ProcessBuilder duckDb(BenchTable table, Path folder, int threads) {
        String python = System.getenv().getOrDefault("FRESHET_PYTHON", "python3");
        return new ProcessBuilder(
                python,
                home.resolve("bench/src/duckdb/ingest.py").toString(),
                "host=localhost port=%d user=%s dbname=%s"
                        .formatted(server.port(), PostgresServer.USER, PostgresServer.DATABASE),
                table.name(),
                data(folder).resolve(table.name() + ".parquet").toString(),
                Integer.toString(threads));
    }

    private ProcessBuilder spark(Path classes, BenchTable table, Path folder) {
        return new ProcessBuilder(
                java("java"),
                "@" + home.resolve("bench/src/spark/java.options"),
                "-cp",
                classes + ":" + sparkLibraries(),
                "SparkIngest",
                server.jdbcUrl(),
                table.name(),
                data(folder).resolve(table.name()).toString());
    }

    private Path compileSparkIngest() throws IOException, InterruptedException {
        Path classes = home.resolve("bench/target/spark");
        Files.createDirectories(classes);
        Process compiler = new ProcessBuilder(
                        java("javac"),
                        "-cp",
                        sparkLibraries(),
                        "-d",
                        classes.toString(),
                        home.resolve("bench/src/spark/SparkIngest.java").toString())
                .inheritIO()
                .start();
        if (compiler.waitFor() != 0) {
            throw new IOException("SparkIngest.java does not compile");
        }
        return classes;
    }

    /// Spark and the database's driver, as the build has found them.
    private String sparkLibraries() {
        try {
            return Files.readString(home.resolve("bench/target/spark.classpath"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String java(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    /// Where data files belong.
    static Path data(Path folder) {
        return folder.resolve("datasets");
    }
}
