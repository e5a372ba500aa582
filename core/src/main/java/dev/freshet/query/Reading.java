package dev.freshet.query;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// How a statement's result is read. The driver moves local times within lists and structs by an hour where this
/// machine's zone skips one; columns with such times are read as UTC times, which it leaves alone.
///
/// @param sql the statement, with those columns cast
/// @param local which columns were cast
record Reading(String sql, List<QueryColumn> columns, List<Boolean> local) {
    private static final Pattern LOCAL_TIME = Pattern.compile("\\bTIMESTAMP(_S|_MS|_NS)?\\b(?! WITH)");
    private static final Pattern NESTED = Pattern.compile("\\[|STRUCT\\(|MAP\\(");

    /// @param meta of the statement's result
    static Reading of(ResultSetMetaData meta, String sql) throws SQLException {
        List<QueryColumn> columns = new ArrayList<>();
        List<Boolean> local = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            String type = meta.getColumnTypeName(i);
            columns.add(new QueryColumn(unique(meta.getColumnName(i), taken), type));
            local.add(NESTED.matcher(type).find() && LOCAL_TIME.matcher(type).find());
        }
        return new Reading(local.contains(true) ? cast(sql, columns, local) : sql, columns, local);
    }

    /// Whether the statement is another one now.
    boolean isCast() {
        return local.contains(true);
    }

    private static String unique(String name, Set<String> taken) {
        String unique = name;
        for (int i = 2; !taken.add(unique); i++) {
            unique = name + "_" + i;
        }
        return unique;
    }

    private static String cast(String sql, List<QueryColumn> columns, List<Boolean> local) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String name = Sql.identifier("c" + i);
            names.add(name);
            values.add(
                    local.get(i) ? "CAST(" + name + " AS " + utc(columns.get(i).type()) + ")" : name);
        }
        String statement = sql.strip().replaceFirst("[;\\s]+$", "");
        return "SELECT %s FROM (\n%s\n) AS t(%s)"
                .formatted(String.join(", ", values), statement, String.join(", ", names));
    }

    private static String utc(String type) {
        return LOCAL_TIME.matcher(type).replaceAll("TIMESTAMP WITH TIME ZONE");
    }
}
