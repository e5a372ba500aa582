package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.ingest.Login;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.TableRequest;
import dev.freshet.source.Reads;
import dev.freshet.source.SplitContract;
import dev.freshet.source.TestDatabase;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PostgresSplitTest extends SplitContract {
    private final PostgresDatabase postgres = PostgresDatabase.started();

    @Override
    protected TestDatabase database() {
        return postgres;
    }

    @Override
    protected List<String[]> integers() {
        return List.of(
                new String[] {"smallint", "-32768", "32767"},
                new String[] {"integer", "-2147483648", "2147483647"},
                new String[] {"bigint", "-9223372036854775808", "9223372036854775807"});
    }

    @Override
    protected List<String> texts() {
        postgres.run("DO $$ BEGIN IF EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i') THEN"
                + " CREATE COLLATION IF NOT EXISTS deaf (provider = icu, locale = 'und-u-ks-level1', deterministic = false);"
                + " CREATE COLLATION IF NOT EXISTS upside (provider = icu, locale = 'de-u-kf-upper-kn');"
                + " END IF; END $$");
        Stream<String> collated = postgres.print(
                        "SELECT collname FROM pg_collation WHERE collname IN ('C', 'ucs_basic', 'pg_c_utf8', 'unicode',"
                                + " 'en_US', 'de_DE', 'deaf', 'upside', 'sv-x-icu') AND collencoding IN (-1, 6) ORDER BY 1")
                .lines()
                .map(name -> "text COLLATE " + PostgresName.quote(name));
        return Stream.concat(Stream.of("text", "varchar(40)", "char(20)"), collated)
                .toList();
    }

    @Override
    protected String insertInto(String table, String values) {
        return "INSERT INTO %s VALUES %s ON CONFLICT DO NOTHING".formatted(table, values);
    }

    @Override
    protected String literal(String text) {
        return PostgresName.literal(text);
    }

    @Test
    void uuidsAreCutInTheirOwnOrder() throws InterruptedException {
        Random random = new Random(1);
        checkSplits(
                "uuid",
                Stream.generate(() -> "'" + new UUID(random.nextLong(), random.nextLong()) + "'")
                        .limit(50)
                        .toList());
    }

    @Test
    void theKeyTellsWhatDecidesItsOrder() {
        assertThat(key("(a bigint PRIMARY KEY)")).isEqualTo("a bigint");
        assertThat(key("(a text COLLATE \"C\" PRIMARY KEY)")).startsWith("a text collate C");
        assertThat(key("(\"Größe\" uuid PRIMARY KEY)")).isEqualTo("Größe uuid");
    }

    @Test
    void whatIsUniqueOnlyAmongSomeRowsOrInAnotherOrderIsNoKey() {
        assertThat(keyAfter("CREATE UNIQUE INDEX ON odd (a) WHERE a > 0")).isEmpty();
        assertThat(keyAfter("CREATE UNIQUE INDEX ON odd (lower(b))")).isEmpty();
        assertThat(keyAfter("CREATE UNIQUE INDEX ON odd (b COLLATE \"POSIX\")")).isEmpty();
        assertThat(keyAfter("CREATE UNIQUE INDEX ON odd (b text_pattern_ops)")).isEmpty();
        assertThat(keyAfter("ALTER TABLE odd ADD UNIQUE (a) DEFERRABLE")).isEmpty();
        assertThat(keyAfter("CREATE UNIQUE INDEX ON odd (a) INCLUDE (b)")).isEqualTo("a integer");
        assertThat(keyAfter("CREATE UNIQUE INDEX ON odd (a DESC)")).isEqualTo("a integer");
    }

    private String keyAfter(String index) {
        postgres.run(
                "DROP TABLE IF EXISTS odd", "CREATE TABLE odd (a int NOT NULL, b text NOT NULL COLLATE \"C\")", index);
        return described("odd");
    }

    @Test
    void aPartitionedTableHasItsKeyAndAParentOfOtherTablesHasNone() {
        postgres.run(
                "DROP TABLE IF EXISTS cut_up CASCADE",
                "CREATE TABLE cut_up (a int PRIMARY KEY) PARTITION BY RANGE (a)",
                "CREATE TABLE cut_up_1 PARTITION OF cut_up FOR VALUES FROM (0) TO (10)",
                "DROP TABLE IF EXISTS parent CASCADE",
                "CREATE TABLE parent (a int PRIMARY KEY)",
                "CREATE TABLE child () INHERITS (parent)");
        assertThat(described("cut_up")).isEqualTo("a integer");
        assertThat(described("parent")).isEmpty();
    }

    @Test
    void aNotNullThatWasNeverCheckedMakesNoKey() {
        postgres.run(
                "DROP TABLE IF EXISTS unproven",
                "CREATE TABLE unproven (a int UNIQUE)",
                "INSERT INTO unproven VALUES (NULL)",
                "ALTER TABLE unproven ADD CONSTRAINT nn NOT NULL a NOT VALID");
        assertThat(described("unproven")).isEmpty();
    }

    @Test
    void bytesOfNoKnownEncodingAreNoBounds() {
        postgres.run(
                "DROP DATABASE IF EXISTS bytes",
                "CREATE DATABASE bytes ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        postgres.runIn("bytes", "CREATE TABLE texts (a text PRIMARY KEY)", "CREATE TABLE numbers (a int PRIMARY KEY)");
        Login admin = postgres.admin();
        Login bytes = new Login(
                "postgres", "localhost", admin.port(), "bytes", admin.user(), admin.password(), admin.parameters());
        try (SourceSession session = Reads.open(postgres, bytes)) {
            assertThat(session.describe(TableRequest.of("texts")).key()).isEmpty();
            assertThat(session.describe(TableRequest.of("numbers")).key()).contains("a integer");
        }
    }

    @Test
    void rowsAreOrderedByTheColumnAndNotByItsText() throws InterruptedException {
        postgres.run(
                "DROP TABLE IF EXISTS numbered",
                "CREATE TABLE numbered (n numeric)",
                "INSERT INTO numbered VALUES (10), (9), (-1)");
        TableRequest request = new TableRequest(
                "numbered", java.util.Map.of(), List.of(new dev.freshet.ingest.OrderColumn("n", false)));
        assertThat(Reads.read(postgres, postgres.admin(), request).rows())
                .containsExactly(List.of("-1"), List.of("9"), List.of("10"));
    }
}
