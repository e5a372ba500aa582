package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What happens in the source is in the lake after the next run, whatever happens to the processes.
class FreshRowsTest {
    @RegisterExtension
    final Stage stage = new Stage();

    private final Database database = Postgres.newDatabase();

    @Test
    void aRowAddedAndAnotherUpdatedAppearAfterTheNextAutomaticRun() {
        fill();
        stage.apply(Definition.every(1, "orders", database, "orders"));
        FreshetProcess pod = stage.serve("a");
        Eventually.that("the first run has ended", () -> runs() >= 1);
        assertThat(dataset()).isEqualTo(source());

        database.run("INSERT INTO orders VALUES (4, 'new')", "UPDATE orders SET note = 'changed' WHERE id = 2");
        long before = runs();
        Eventually.that("a run that began after the change has ended", () -> runs() >= before + 2);
        pod.terminate();

        assertThat(pod.exit()).isZero();
        assertThat(dataset())
                .isEqualTo(source())
                .contains(List.of("2", "changed"), List.of("4", "new"))
                .hasSize(4);
        assertThat(stage.json("query", "SELECT note FROM orders WHERE id IN (2, 4) ORDER BY id"))
                .extracting(row -> row.path("note").asText())
                .containsExactly("changed", "new");
    }

    @Test
    void anEmptiedSourceGivesAnEmptyDatasetAndLeavesTheOldVersionToItsReaders() {
        fill();
        List<List<String>> before = source();
        stage.apply(Definition.once("orders", database, "orders"));
        String _ = stage.ok("run", "orders");
        long version = stage.lake().dataset("orders").version();

        database.run("DELETE FROM orders");
        String _ = stage.ok("run", "orders");

        assertThat(dataset()).isEmpty();
        assertThat(stage.lake().dataset("orders").columns()).hasSize(2);
        assertThat(stage.lake().dataset("orders").select("id, note", "ORDER BY id", version))
                .isEqualTo(before);
        assertThat(stage.json("query", "SELECT count(*) AS n FROM orders"))
                .singleElement()
                .satisfies(row -> assertThat(row.path("n").asLong()).isZero());
        assertThat(stage.json("get", "datasets", "orders"))
                .singleElement()
                .satisfies(dataset -> assertThat(dataset.path("rows").asLong()).isZero());
    }

    @Test
    void afterEveryProcessIsKilledAnotherCarriesOn() {
        fill();
        Gate.build(database, "orders");
        stage.apply(
                Definition.every(1, "orders", database, "orders"), Definition.every(1, "gated", database, Gate.VIEW));
        List<FreshetProcess> pods = List.of(stage.serve("a"), stage.serve("b"));
        Eventually.that(
                "both have run",
                () -> runs() >= 1 && !stage.lake().succeeded("gated").isEmpty());
        long acknowledged = stage.lake().runs().size();
        try (Gate _ = Gate.shut(database)) {
            Eventually.that("a run is under way", () -> Gate.waiting(database) == 1);
            pods.forEach(FreshetProcess::kill);
        }
        database.run("INSERT INTO orders VALUES (4, 'new')");
        long before = runs();
        FreshetProcess _ = stage.serve("c");
        Eventually.that(
                "the others' work is continued",
                () -> runs() >= before + 2 && dataset("gated").equals(source()));

        assertThat(dataset()).isEqualTo(source());
        assertThat(stage.lake().runs()).hasSizeGreaterThan(Math.toIntExact(acknowledged));
        assertThat(stage.lake().runs("gated"))
                .extracting(run -> run.path("outcome").asText())
                .containsOnlyOnce("lost");
    }

    private void fill() {
        database.run(
                "CREATE TABLE orders (id int PRIMARY KEY, note text)",
                "INSERT INTO orders VALUES (1, 'one'), (2, 'two'), (3, NULL)");
    }

    private long runs() {
        return stage.lake().succeeded("orders").size();
    }

    private List<List<String>> source() {
        return database.rows("SELECT id, note FROM orders ORDER BY id");
    }

    private List<List<String>> dataset() {
        return dataset("orders");
    }

    private List<List<String>> dataset(String name) {
        return stage.lake().dataset(name).select("id, note", "ORDER BY id");
    }
}
