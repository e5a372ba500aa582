package dev.freshet.e2e;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A table of a source and the dataset that it becomes; `types` are the columns' types in the source. The first column
/// numbers the rows.
record Sample(Database database, String dataset, String table, List<String> types) {
    private static final String ROW_NUMBER = "int";

    /// Makes a table with a column for each documented type. Its rows: the values shown there, nulls, the values again.
    static Sample typed(Database database, List<TypeDocs> documented) {
        Sample sample = empty(database, "typed", documented);
        List<String> values = documented.stream().map(TypeDocs::literal).toList();
        insert(sample, 1, values);
        insert(sample, 2, Collections.nCopies(values.size(), "NULL"));
        insert(sample, 3, values);
        return sample;
    }

    /// Makes a table like that without rows.
    static Sample empty(Database database, String name, List<TypeDocs> documented) {
        List<String> types = new ArrayList<>(List.of(ROW_NUMBER));
        documented.forEach(type -> types.add(type.source()));
        String columns = IntStream.range(0, types.size())
                .mapToObj(n -> "c" + n + " " + types.get(n))
                .collect(Collectors.joining(", "));
        database.run("CREATE TABLE " + name + " (" + columns + ")");
        return new Sample(database, name, name, types);
    }

    private static void insert(Sample sample, int number, List<String> values) {
        sample.database.run(
                "INSERT INTO " + sample.table + " VALUES (" + number + ", " + String.join(", ", values) + ")");
    }

    /// Makes a table whose names, columns' names and values are far from ASCII.
    static Sample unicode(Database database) {
        Sample sample =
                new Sample(database, "unicode", "Übersicht_表", List.of(ROW_NUMBER, "varchar(40)", "decimal(10,2)"));
        String table = SourceText.quote(database, sample.table);
        String names = List.of("nummer", "größe", "名前").stream()
                .map(name -> SourceText.quote(database, name))
                .collect(Collectors.joining(" %s, "))
                .concat(" %s")
                .formatted(sample.types.toArray());
        database.run(
                "CREATE TABLE " + table + " (" + names + ")",
                "INSERT INTO " + table + " VALUES (1, 'naïve café 😀', 1.50), (2, '日本語', NULL), (3, '', -0.01)");
        return sample;
    }

    /// Makes a table of several thousand rows, whose columns want to be written in different ways: keys, amounts and
    /// times that grow, words of any length, few texts, and noise; nulls are among them.
    static Sample many(Database database) {
        boolean postgres = database.type().equals("postgres");
        List<String> types = List.of(
                ROW_NUMBER,
                "decimal(38,10)",
                "varchar(200)",
                "double precision",
                "date",
                "decimal(9,2)",
                "decimal(18,4)",
                postgres ? "timestamp" : "datetime(6)",
                "varchar(40)",
                "bigint");
        String columns = "n %s, amount %s, label %s, ratio %s, day %s, cents %s, price %s, moment %s, word %s, noise %s"
                .formatted(types.toArray());
        String values = String.join(
                ", ",
                "seq",
                "seq * 1234567890123456789.0000000001",
                "CASE WHEN seq % 7 > 0 THEN repeat("
                        + (postgres ? "chr(64 + seq % 60)" : "char(64 + seq % 60 using utf8mb4)")
                        + ", seq % 50) END",
                "seq / 7.0",
                "CASE WHEN seq % 5 > 0 THEN "
                        + (postgres ? "date '1990-01-01' + seq" : "date '1990-01-01' + interval seq day") + " END",
                "seq * 1.23 - 700",
                "CASE WHEN seq % 3 > 0 THEN seq * 98765432.1001 END",
                postgres
                        ? "timestamp '1990-01-01 00:00:00.000001' + seq * interval '7 minutes'"
                        : "timestamp '1990-01-01 00:00:00.000001' + interval seq * 7 minute",
                "CASE WHEN seq % 11 > 0 THEN substr(md5(" + (postgres ? "seq::text" : "seq")
                        + "), 1, seq * 7919 % 33) END",
                "seq * 7777777777 % 1000003 * 9000000000000");
        String numbers = postgres ? "generate_series(1, 4000) AS s(seq)" : "seq_1_to_4000";
        database.run("CREATE TABLE many (" + columns + ")", "INSERT INTO many SELECT " + values + " FROM " + numbers);
        return new Sample(database, "many", "many", types);
    }

    Definition definition() {
        return Definition.once(dataset, database, SourceText.quote(database, table));
    }

    /// What the source holds: the cells of each row, as the source prints them.
    List<List<String>> rows(List<DeltaFolder.Column> columns) {
        String cells = IntStream.range(0, columns.size())
                .mapToObj(n -> cell(types.get(n), columns.get(n)))
                .collect(Collectors.joining(", "));
        return database.rows("SELECT " + cells + " FROM " + SourceText.quote(database, table));
    }

    private String cell(String type, DeltaFolder.Column column) {
        return SourceText.of(database, type, column.type(), SourceText.quote(database, column.name()));
    }
}
