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
        Map<String, List<QueryTable>> byName = byName();
        Map<String, QueryTable> meant = new LinkedHashMap<>();
        Map<String, TableFiles> loaded = new LinkedHashMap<>();
        List<View> views = new ArrayList<>();
        for (TableName name : names(statement, byName)) {
            QueryTable table = meant(name, byName);
            QueryTable other = meant.putIfAbsent(name.key(), table);
            if (other != null && !other.name().equals(table.name())) {
                throw alike(List.of(other.name(), table.name()), "one statement cannot name both");
            }
            TableFiles files = loaded.computeIfAbsent(name.key(), key -> load(name, table, byName));
            views.add(new View(name, files, table.definition()));
        }
        return views;
    }

    private static List<TableName> names(Statement statement, Map<String, List<QueryTable>> byName) {
        if (!statement.asksForAll()) {
            return statement.tables();
        }
        return byName.values().stream()
                .map(tables -> TableName.whole(tables.getFirst().name()))
                .toList();
    }

    /// Tables by their names for SQL, which does not tell upper from lower case.
    private Map<String, List<QueryTable>> byName() {
        return tables.get().stream()
                .collect(Collectors.groupingBy(
                        table -> TableName.whole(table.name()).key(), LinkedHashMap::new, Collectors.toList()));
    }

    /// The table of exactly that name, or the only one that is called so but for the case.
    private static QueryTable meant(TableName name, Map<String, List<QueryTable>> byName) {
        List<QueryTable> tables = byName.getOrDefault(name.key(), List.of());
        List<String> names = tables.stream().map(QueryTable::name).distinct().toList();
        if (names.size() > 1 && !names.contains(name.text())) {
            throw alike(names, "write the one that is meant exactly so");
        }
        return tables.stream()
                .filter(table -> names.size() == 1 || table.name().equals(name.text()))
                .findFirst()
                .orElseThrow(() -> unknown(name, byName));
    }

    private static FreshetException alike(List<String> names, String remedy) {
        return new FreshetException(
                ErrorCode.BAD_USAGE,
                "the tables %s differ only in upper and lower case; %s".formatted(String.join(", ", names), remedy));
    }

    private TableFiles load(TableName name, QueryTable table, Map<String, List<QueryTable>> byName) {
        return table.snapshot()
                .get()
                .map(snapshot -> TableFiles.of(store, table.name(), snapshot))
                .or(() -> Optional.ofNullable(table.ifMissing()).map(TableFiles::empty))
                .orElseThrow(() -> unknown(name, byName));
    }

    private static FreshetException unknown(TableName name, Map<String, List<QueryTable>> byName) {
        List<String> near = NearNames.of(
                name.text(),
                byName.values().stream().map(tables -> tables.getFirst().name()).toList());
        String hint = near.isEmpty() ? "the lake has no tables yet" : "did you mean " + String.join(", ", near) + "?";
        return new FreshetException(
                ErrorCode.UNKNOWN_ID, "there is no table '%s' in the lake; %s".formatted(name.text(), hint));
    }
}
