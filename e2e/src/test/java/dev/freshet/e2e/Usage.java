package dev.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Facts of nine months in a database, their copy in a lake, and a rollup of it that nothing has computed yet.
record Usage(Stage stage, Database database) {
    static final String NAME = "usage_hourly";
    static final String TASK = "rollup:" + NAME;
    static final int MONTHS = 9;

    /// What the rollup must hold, as the database counts it; a null is a key like any other.
    private static final String EXPECTED = """
            SELECT to_char(date_trunc('hour', at), 'YYYY-MM-DD HH24:MI:SS') || '+00' AS hour, product, kind,
                sum(amount), count(DISTINCT task), count(*), max(price)
            FROM uses GROUP BY 1, 2, 3 ORDER BY 1, 2 NULLS FIRST, 3 NULLS FIRST""";

    static Usage on(Stage stage) {
        Usage usage = new Usage(stage, Postgres.newDatabase());
        usage.database.run(
                "CREATE TABLE uses (id int PRIMARY KEY, at timestamptz NOT NULL, product text, kind date,"
                        + " task text NOT NULL, amount bigint, price numeric(12,3))",
                "INSERT INTO uses SELECT n, timestamptz '2025-01-01 00:00Z' + n * interval '2 hours',"
                        + " CASE WHEN n % 5 > 0 THEN 'größe 😀 ' || n % 3 END,"
                        + " CASE WHEN n % 7 > 0 THEN date '2024-02-29' + n % 2 END, 't' || n % 11, n - 700, n / 8.0"
                        + " FROM generate_series(0, 3275) n");
        stage.apply(Definition.once("uses", usage.database, "uses"));
        stage.ok("run", "uses");
        usage.define();
        return usage;
    }

    private void define() {
        try {
            Path file = Files.writeString(
                    stage.folder().resolve("rollup.yaml"), """
                    rollup: %s
                    source: uses
                    time: at
                    dimensions: [product, kind]
                    measures:
                      amount: {sum: amount}
                      tasks: {distinct: task}
                      uses: count
                      highest: {max: price}
                    lease_secs: %d
                    """.formatted(NAME, Definition.LEASE_SECONDS));
            stage.ok("apply", "-f", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DeltaFolder rollup() {
        return new DeltaFolder(stage.root().resolve("rollups").resolve(NAME));
    }

    /// How many slices of a backfill are done that is under way, as the newest commit says.
    int slices() {
        return Files.isDirectory(rollup().log())
                ? rollup().commits().reversed().stream()
                        .flatMap(commit -> state(commit).stream())
                        .findFirst()
                        .map(state -> state.path("pass").path("slices").asInt())
                        .orElse(0)
                : 0;
    }

    static Optional<JsonNode> state(DeltaFolder.Commit commit) {
        return commit.domain("freshet.rollup");
    }

    List<List<String>> expected() {
        return database.rows(EXPECTED);
    }

    /// The rollup's rows, by DuckDB.
    List<List<String>> rows() {
        return rollup().select(
                        "hour::VARCHAR, product, kind::VARCHAR, amount, tasks, uses, highest::VARCHAR",
                        "ORDER BY hour, product NULLS FIRST, kind NULLS FIRST");
    }
}
