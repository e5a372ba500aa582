package dev.freshet.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A row of docs/types.md: a source's type, a value of it as SQL, and the Delta type in which it arrives.
record TypeDocs(String source, String literal, String delta) {
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)`[^|]*\\| `([^`]+)` \\| `([^`]+)` \\|.*");

    /// PostgreSQL's values stand there without their quotes.
    static List<TypeDocs> postgres() throws IOException {
        return below("## PostgreSQL").stream()
                .map(row -> new TypeDocs(row.source, "'" + row.literal.replace("'", "''") + "'", row.delta))
                .toList();
    }

    static List<TypeDocs> mariaDb() throws IOException {
        return below("## MySQL and MariaDB");
    }

    private static List<TypeDocs> below(String heading) throws IOException {
        List<TypeDocs> rows = Files.readAllLines(Project.ROOT.resolve("docs/types.md")).stream()
                .dropWhile(line -> !line.equals(heading))
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(TypeDocs::row)
                .toList();
        if (rows.isEmpty()) {
            throw new AssertionError("docs/types.md has no table below " + heading);
        }
        return rows;
    }

    private static TypeDocs row(String line) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            throw new AssertionError("not understood: " + line);
        }
        return new TypeDocs(row.group(1), row.group(2), row.group(3));
    }
}
