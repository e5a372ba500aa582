package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A row that is larger than memory allows is named, and arrives where there is more.
class HugeRowTest {
    private static final int LETTERS = 40_000_000;

    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void aHugeRowArrivesOrIsNamed() {
        Database database = Postgres.newDatabase();
        database.run(
                "CREATE TABLE letters (id int, body text)",
                "INSERT INTO letters VALUES (1, 'short')",
                "INSERT INTO letters SELECT 2, repeat('x', " + LETTERS + ")",
                "INSERT INTO letters VALUES (3, 'short')");

        stage.set("FRESHET_HEAP", "100m");
        FreshetProcess small = stage.run("ingest", "--from", database.dsn(), "--table", "letters");
        assertThat(small.exit()).as(small.toString()).isEqualTo(1);
        assertThat(small.err())
                .contains("public.letters: row 2 does not fit into memory", "give Freshet a larger heap");
        assertThat(stage.json("get", "datasets")).isEmpty();

        stage.set("FRESHET_HEAP", "512m");
        FreshetProcess large = stage.run("ingest", "--from", database.dsn(), "--table", "letters");
        assertThat(large.exit()).as(large.toString()).isZero();
        assertThat(stage.json("query", "SELECT id, length(body) AS n FROM letters ORDER BY id"))
                .extracting(row -> row.path("n").asInt())
                .containsExactly(5, LETTERS, 5);
    }
}
