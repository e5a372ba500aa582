package dev.freshet.e2e;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// Several tables of a shop that never stands still: rows come, change and go all the time.
final class Traffic {
    static final String COLUMNS = "id, note, amount";

    private static final int ROWS = 200;
    private static final int HANDFUL = 5;
    private static final int REST_MILLIS = 40;

    private final Database database;
    private final List<String> tables;
    private final RandomGenerator random;
    private volatile boolean over;

    Traffic(Database database, int tables, RandomGenerator random) {
        this.database = database;
        this.tables = IntStream.range(0, tables).mapToObj(n -> "table" + n).toList();
        this.random = random;
    }

    List<String> tables() {
        return tables;
    }

    void makeTables() {
        tables.forEach(table -> database.run(
                "CREATE TABLE " + table + " (id bigserial PRIMARY KEY, note text NOT NULL, amount bigint NOT NULL)",
                "INSERT INTO " + table + " (note, amount) SELECT 'row ' || n, n FROM generate_series(1, " + ROWS
                        + ") n"));
    }

    /// Goes on until it is told to stop.
    void flow() throws SQLException, InterruptedException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            while (!over) {
                statement.execute(change(tables.get(random.nextInt(tables.size()))));
                Thread.sleep(random.nextLong(REST_MILLIS));
            }
        }
    }

    void stop() {
        over = true;
    }

    /// As many rows come as go.
    private String change(String table) {
        String some = "(SELECT id FROM " + table + " ORDER BY random() LIMIT " + HANDFUL + ")";
        return switch (random.nextInt(4)) {
            case 0 ->
                "INSERT INTO " + table + " (note, amount) SELECT 'new ' || n, n FROM generate_series(1, " + HANDFUL
                        + ") n";
            case 1 -> "DELETE FROM " + table + " WHERE id IN " + some;
            default ->
                "UPDATE " + table + " SET note = left(note, 20) || amount, amount = amount + 1 WHERE id IN " + some;
        };
    }

    /// What a table holds now.
    static List<List<String>> rows(Database database, String table) {
        return database.rows("SELECT " + COLUMNS + " FROM " + table + " ORDER BY id");
    }
}
