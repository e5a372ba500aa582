package dev.freshet.query;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.Store;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Runs SQL over the lake's tables with DuckDB, one private engine a query. A statement sees the tables that it
/// names as they were when it began; it may not change anything, nor reach files, network, settings or
/// extensions. Safe for use by many threads. A refused or failing statement is a [FreshetException]: `BAD_USAGE`
/// for what is no single SELECT, `UNKNOWN_ID` for an unknown table, `UNSUPPORTED` for one that cannot be read,
/// else `QUERY_FAILED`.
public final class QueryEngine {
    private final Store store;
    private final QueryLimits limits;
    private final Supplier<List<QueryTable>> tables;

    /// @param tables all that may be named; asked at each query
    public QueryEngine(Store store, QueryLimits limits, Supplier<List<QueryTable>> tables) {
        this.store = store;
        this.limits = limits;
        this.tables = tables;
    }

    /// Runs one SELECT. The caller closes the result.
    public QueryResult run(String sql) {
        Failures failures = new Failures(limits);
        Sandbox sandbox = open(failures);
        try {
            Statement statement = sandbox.parse(sql);
            sandbox.show(resolve(statement));
            return sandbox.run(sql);
        } catch (SQLException e) {
            sandbox.close();
            throw failures.of(e);
        } catch (RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    private Sandbox open(Failures failures) {
        try {
            return Sandbox.open(limits);
        } catch (SQLException e) {
            throw failures.of(e);
        }
    }

    /// Every table that the statement names, at one moment.
    private List<View> resolve(Statement statement) {
        Map<String, QueryTable> byName = byName();
        Map<String, TableFiles> loaded = new LinkedHashMap<>();
        List<View> views = new ArrayList<>();
        for (TableName name : names(statement, byName)) {
            QueryTable table = byName.get(name.key());
            if (table == null) {
                throw unknown(name, byName);
            }
            TableFiles files = loaded.computeIfAbsent(name.key(), key -> load(name, table, byName));
            views.add(new View(name, files, table.definition()));
        }
        return views;
    }

    private static List<TableName> names(Statement statement, Map<String, QueryTable> byName) {
        if (!statement.asksForAll()) {
            return statement.tables();
        }
        return byName.values().stream()
                .map(table -> TableName.whole(table.name()))
                .toList();
    }

    private Map<String, QueryTable> byName() {
        return tables.get().stream()
                .collect(Collectors.toMap(
                        table -> TableName.whole(table.name()).key(),
                        table -> table,
                        (first, second) -> first,
                        LinkedHashMap::new));
    }

    private TableFiles load(TableName name, QueryTable table, Map<String, QueryTable> byName) {
        return table.snapshot()
                .get()
                .map(snapshot -> TableFiles.of(store, table.name(), snapshot))
                .or(() -> Optional.ofNullable(table.ifMissing()).map(TableFiles::empty))
                .orElseThrow(() -> unknown(name, byName));
    }

    private static FreshetException unknown(TableName name, Map<String, QueryTable> byName) {
        List<String> near = NearNames.of(
                name.text(), byName.values().stream().map(QueryTable::name).toList());
        String hint = near.isEmpty() ? "the lake has no tables yet" : "did you mean " + String.join(", ", near) + "?";
        return new FreshetException(
                ErrorCode.UNKNOWN_ID, "there is no table '%s' in the lake; %s".formatted(name.text(), hint));
    }
}
