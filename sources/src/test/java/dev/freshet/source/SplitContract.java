package dev.freshet.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceTable;
import dev.freshet.ingest.Split;
import dev.freshet.ingest.TableRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a table is cut by its key, on a real server of each kind.
public abstract class SplitContract {
    /// Texts that are sorted in many ways, and that SQL must not take for anything else.
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "A",
            "b",
            "B",
            "z",
            "Z",
            "ä",
            "Ä",
            "é",
            "e",
            "ß",
            "ss",
            "aa",
            "a-a",
            "a a",
            "a_a",
            "-",
            "10",
            "9",
            "it's",
            "back\\slash",
            "\\",
            "'",
            "''",
            "\\'",
            "' OR 1=1 --",
            "%",
            "\"",
            "`",
            "x?",
            "$1",
            "{0}",
            "naïve",
            "coté",
            "côte",
            "Œuvre",
            "日本",
            "🙂",
            "tab\tbed",
            "new\nline");

    private TestDatabase database;

    protected abstract TestDatabase database();

    /// Types of integers as columns have them, with the least and the largest value of each.
    protected abstract List<String[]> integers();

    /// Types of texts, with their collations.
    protected abstract List<String> texts();

    /// `INSERT` that passes over what is there already, up to the table's name.
    protected abstract String insertInto(String table, String values);

    protected abstract String literal(String text);

    @BeforeEach
    void start() {
        database = database();
    }

    @Test
    void aTableWithAnIntegerKeyIsTheSumOfItsSplits() throws InterruptedException {
        for (String[] type : integers()) {
            Stream<String> gapped = LongStream.of(-100, -99, -3, -1, 0, 1, 2, 3, 5, 90, 91, 92, 93, 94, 100)
                    .filter(value -> !type[1].equals("0") || value >= 0)
                    .mapToObj(Long::toString);
            checkSplits(
                    type[0], Stream.concat(gapped, Stream.of(type[1], type[2])).toList());
        }
    }

    @Test
    void aTableWithATextKeyIsTheSumOfItsSplitsInWhateverOrderTheDatabaseHas() throws InterruptedException {
        for (String type : texts()) {
            checkSplits(type, TEXTS.stream().map(this::literal).toList());
        }
    }

    protected void checkSplits(String type, List<String> values) throws InterruptedException {
        database.run(
                "DROP TABLE IF EXISTS keyed", "CREATE TABLE keyed (n int, k %s NOT NULL PRIMARY KEY)".formatted(type));
        database.run(insertInto(
                "keyed",
                IntStream.range(0, values.size())
                        .mapToObj(i -> "(%d, %s)".formatted(i, values.get(i)))
                        .collect(Collectors.joining(", "))));
        List<List<Object>> whole = Reads.read(database, "keyed").rows();
        assertThat(whole).as(type).hasSizeGreaterThan(9);
        for (long length : new long[] {2, whole.size() - 1, whole.size()}) {
            List<List<List<Object>>> splits = splits("keyed", length);
            assertThat(splits.stream().flatMap(List::stream))
                    .as("%s in splits of %d", type, length)
                    .containsExactlyInAnyOrderElementsOf(whole);
            assertThat(splits.subList(0, splits.size() - 1))
                    .allSatisfy(rows -> assertThat(rows).hasSize((int) length));
        }
    }

    /// The rows of each split.
    private List<List<List<Object>>> splits(String name, long length) throws InterruptedException {
        List<List<List<Object>>> splits = new ArrayList<>();
        try (SourceSession session = Reads.open(database, database.admin())) {
            Split split = new Split(null, "");
            String from = null;
            while (split.to() != null) {
                SourceTable table = session.describe(TableRequest.of(name));
                split = table.cut(from, length);
                from = split.to();
                CollectingSink sink = new CollectingSink(table.schema());
                table.read(split, sink);
                splits.add(sink.rows());
            }
        }
        return splits;
    }

    @Test
    void anEmptyTableIsOneSplit() {
        database.run("DROP TABLE IF EXISTS keyed", "CREATE TABLE keyed (k int PRIMARY KEY)");
        try (SourceSession session = Reads.open(database, database.admin())) {
            assertThat(session.describe(TableRequest.of("keyed")).cut(null, 10)).isEqualTo(Split.WHOLE);
        }
    }

    @Test
    void aSplitIsReadAsItIsInTheSnapshotOfItsOwnDescription() throws InterruptedException {
        database.run("DROP TABLE IF EXISTS keyed", "CREATE TABLE keyed (k int PRIMARY KEY)");
        database.run("INSERT INTO keyed VALUES (1), (2), (3)");
        try (SourceSession session = Reads.open(database, database.admin())) {
            SourceTable first = session.describe(TableRequest.of("keyed"));
            database.run("INSERT INTO keyed VALUES (0), (4)");
            assertThat(first.cut(null, 2)).isEqualTo(new Split(null, "3"));
            assertThat(rows(first, new Split(null, "3"))).containsExactlyInAnyOrder(List.of(1), List.of(2));
            SourceTable second = session.describe(TableRequest.of("keyed"));
            assertThat(second.cut("3", 2)).isEqualTo(new Split("3", null));
            assertThat(rows(second, new Split("3", null))).containsExactlyInAnyOrder(List.of(3), List.of(4));
        }
    }

    private static List<List<Object>> rows(SourceTable table, Split split) throws InterruptedException {
        CollectingSink sink = new CollectingSink(table.schema());
        table.read(split, sink);
        return sink.rows();
    }

    @Test
    void aUniqueKeyWithoutNullsWillDoAndThePrimaryKeyComesFirst() {
        assertThat(key("(a int NOT NULL UNIQUE, b int)")).startsWith("a int");
        assertThat(key("(a int NOT NULL UNIQUE, b int PRIMARY KEY)")).startsWith("b int");
        assertThat(key("(a varchar(10) NOT NULL UNIQUE, b int NOT NULL UNIQUE)"))
                .startsWith("b int");
    }

    @Test
    void whatMayHoldNullsOrEqualValuesIsNoKey() {
        assertThat(key("(a int, b int)")).isEmpty();
        assertThat(key("(a int UNIQUE)")).isEmpty();
        assertThat(key("(a int NOT NULL, b int NOT NULL, PRIMARY KEY (a, b))")).isEmpty();
        assertThat(key("(a decimal(10,2) PRIMARY KEY)")).isEmpty();
        assertThat(key("(a double precision PRIMARY KEY)")).isEmpty();
        database.run(
                "DROP VIEW IF EXISTS over_keyed",
                "DROP TABLE IF EXISTS keyed",
                "CREATE TABLE keyed (a int PRIMARY KEY)",
                "CREATE VIEW over_keyed AS SELECT a FROM keyed");
        assertThat(described("over_keyed")).isEmpty();
        database.run("DROP VIEW over_keyed");
    }

    /// What a table with these columns can be cut by.
    protected String key(String columns) {
        database.run("DROP TABLE IF EXISTS keyed", "CREATE TABLE keyed " + columns);
        return described("keyed");
    }

    protected String described(String table) {
        try (SourceSession session = Reads.open(database, database.admin())) {
            return session.describe(TableRequest.of(table)).key().orElse("");
        }
    }
}
