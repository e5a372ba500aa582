package dev.freshet.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Column;
import dev.freshet.source.RandomColumn;
import dev.freshet.source.Randoms;
import dev.freshet.source.Reads;
import dev.freshet.source.SourceContract;
import dev.freshet.source.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

class MySqlSourceTest extends SourceContract {
    private final MariaDatabase maria = MariaDatabase.started();

    @Override
    protected TestDatabase database() {
        return maria;
    }

    @Override
    protected List<RandomColumn> randomColumns() {
        return List.of(
                new RandomColumn("tinyint", random -> Randoms.signed(random, 8), c -> c),
                new RandomColumn("mediumint unsigned", random -> Randoms.unsigned(random, 24), c -> c),
                new RandomColumn("bigint", random -> Randoms.signed(random, 64), c -> c),
                new RandomColumn("bigint unsigned", random -> Randoms.unsigned(random, 64), c -> c),
                new RandomColumn("decimal(18,6)", random -> Randoms.decimal(random, 18, 6), c -> c),
                new RandomColumn("decimal(38,37)", random -> Randoms.decimal(random, 38, 37), c -> c),
                new RandomColumn("decimal(25,7)", random -> Randoms.decimal(random, 25, 7), c -> c),
                new RandomColumn("decimal(65,30)", random -> Randoms.decimal(random, 65, 30), c -> c),
                new RandomColumn(
                        "text character set utf8mb4",
                        random -> "'"
                                + Randoms.text(random, 20).replace("\\", "\\\\").replace("'", "''") + "'",
                        c -> c),
                new RandomColumn(
                        "varbinary(20)", random -> "x'" + Randoms.hex(random, 20) + "'", c -> "LOWER(HEX(" + c + "))"),
                new RandomColumn(
                        "datetime(6)",
                        random -> "'" + Randoms.timestamp(random, 1000, 9999) + "'",
                        c -> "CAST(" + c + " AS CHAR)"),
                new RandomColumn(
                        "timestamp(6) NULL",
                        random -> "'" + Randoms.timestamp(random, 1971, 2038) + "'",
                        c -> "CAST(" + c + " AS CHAR)"),
                new RandomColumn(
                        "date",
                        random -> "'" + Randoms.timestamp(random, 1000, 9999).substring(0, 10) + "'",
                        c -> "CAST(" + c + " AS CHAR)"),
                new RandomColumn(
                        "bit(1)",
                        random -> "b'" + random.nextInt(2) + "'",
                        c -> "CASE WHEN " + c + " THEN 'true' WHEN NOT " + c + " THEN 'false' END"));
    }

    @Override
    protected String longTextType() {
        return "longtext";
    }

    @Override
    protected String full(String table) {
        return "shop." + table;
    }

    @Override
    protected String grant(String table, String user) {
        return "GRANT SELECT ON shop.%s TO '%s'@'%%'".formatted(table, user);
    }

    @Override
    protected String[] commentedTable(String comment) {
        return new String[] {"CREATE TABLE commented (price int COMMENT '%s')".formatted(comment.replace("'", "''"))};
    }

    @Test
    void floatsAndDoublesKeepEveryBit() throws InterruptedException {
        java.util.Random random = new java.util.Random(7);
        maria.run("DROP TABLE IF EXISTS reals", "CREATE TABLE reals (id int, f float, d double)");
        float[] floats = new float[500];
        double[] doubles = new double[500];
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            floats[i] = Float.intBitsToFloat(random.nextInt(0x00800000, 0x7F000000));
            doubles[i] = Double.longBitsToDouble(random.nextLong(0x0010000000000000L, 0x7FE0000000000000L));
            rows.append(i == 0 ? "" : ", ").append("(%d, %s, %s)".formatted(i, (double) floats[i], doubles[i]));
        }
        maria.run("INSERT INTO reals VALUES " + rows);
        for (List<Object> row : Reads.read(maria, "reals").rows()) {
            int id = (Integer) row.getFirst();
            assertThat(row.get(1)).isEqualTo(floats[id]);
            assertThat(row.get(2)).isEqualTo(doubles[id]);
        }
    }

    @Test
    void aTableOfAnotherDatabaseIsNamedWithIt() throws InterruptedException {
        maria.run(
                "CREATE DATABASE IF NOT EXISTS `other db`",
                "CREATE OR REPLACE TABLE `other db`.`t.1` (a int)",
                "INSERT INTO `other db`.`t.1` VALUES (5)");
        assertThat(Reads.read(maria, "`other db`.`t.1`").rows()).containsExactly(List.of(5));
    }

    @Test
    void invisibleAndGeneratedColumnsArrive() throws InterruptedException {
        maria.run(
                "CREATE OR REPLACE TABLE hidden (a int, b int INVISIBLE DEFAULT 2, c int AS (a * 3) STORED, d int AS (a * 4) VIRTUAL)",
                "INSERT INTO hidden (a) VALUES (1)");
        Reads.Result result = Reads.read(maria, "hidden");
        assertThat(result.schema().columns()).extracting(Column::name).containsExactly("a", "b", "c", "d");
        assertThat(result.rows()).containsExactly(List.of(1, 2, 3, 4));
    }

    @Test
    void thePaddingModeOfTheServerChangesNothing() throws InterruptedException {
        maria.run(
                "SET GLOBAL sql_mode = 'PAD_CHAR_TO_FULL_LENGTH,ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
                "CREATE OR REPLACE TABLE padded (c char(5))",
                "INSERT INTO padded VALUES ('ab')");
        try {
            assertThat(Reads.read(maria, "padded").rows()).containsExactly(List.of("ab"));
        } finally {
            maria.run("SET GLOBAL sql_mode = DEFAULT");
        }
    }

    @Test
    void aFileOfThisMachineCannotBeAskedFor() {
        maria.run("CREATE OR REPLACE TABLE loaded (a text)");
        try (var session =
                MySqlConnector.connect(maria.admin(), dev.freshet.ingest.SourceSettings.named("freshet test"))) {
            assertThatThrownBy(() -> {
                        try (var statement =
                                session.prepare("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE loaded")) {
                            statement.execute();
                        }
                    })
                    .isInstanceOf(java.sql.SQLException.class)
                    .hasMessageContaining("infile is disabled");
        }
    }
}
