package dev.freshet.query;

import dev.freshet.batch.Schema;
import dev.freshet.table.Snapshot;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A table that queries may name. Its snapshot is asked for only by a query that does. Immutable.
///
/// @param name as in SQL: `orders`, `freshet.tasks`; one with a dot is found quoted whole or by its parts
/// @param ifMissing the columns of the empty table to show where there is no table yet; null: then the name is
///     unknown
/// @param definition a SELECT that shows the table differently, with [#ROWS] where its rows come from; null: as
///     it is
public record QueryTable(
        String name,
        Supplier<Optional<Snapshot>> snapshot,
        @Nullable Schema ifMissing,
        @Nullable String definition) {
    /// Stands in a definition for the table's rows.
    public static final String ROWS = "{rows}";

    /// A table shown as it is.
    public static QueryTable of(String name, Supplier<Optional<Snapshot>> snapshot) {
        return new QueryTable(name, snapshot, null, null);
    }
}
