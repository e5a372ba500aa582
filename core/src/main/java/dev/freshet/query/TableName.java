package dev.freshet.query;

import java.util.List;
import java.util.Locale;

/// How a statement names a table: one identifier, or several with dots between.
record TableName(List<String> path) {
    TableName {
        path = List.copyOf(path);
    }

    /// The name as one identifier, dots and all.
    static TableName whole(String name) {
        return new TableName(List.of(name));
    }

    /// The same for all ways to write the same name.
    String key() {
        return text().toLowerCase(Locale.ROOT);
    }

    String text() {
        return String.join(".", path);
    }

    /// The name as SQL.
    String sql() {
        return String.join(".", path.stream().map(Sql::identifier).toList());
    }
}
