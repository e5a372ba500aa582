package dev.freshet.rollup;

import dev.freshet.table.Change;
import dev.freshet.table.DataFile;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableShape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Files of a rollup's table that are about to be replaced by others, decided on one version of it.
///
/// @param seen the table as it was looked at; empty when it has no rows to keep
/// @param touched rows that were computed
record Rewrite(
        RollupSchema schema, Optional<Snapshot> seen, List<DataFile> removed, List<DataFile> added, long touched) {
    private static final String OPERATION = "ROLLUP";

    /// Only the state changes.
    static Rewrite nothing(RollupSchema schema, Optional<Snapshot> seen) {
        return new Rewrite(schema, seen, List.of(), List.of(), 0);
    }

    /// The change, made to the newest version.
    ///
    /// @throws FilesMoved if that one has other files than those that were looked at
    Change on(Optional<Snapshot> newest) {
        boolean sameColumns = newest.filter(table -> fits(table, schema)).isPresent();
        if (sameColumns && isNothing()) {
            return Change.of(OPERATION).withoutDataChange();
        }
        if (sameColumns && !paths(newest).equals(paths(seen))) {
            throw new FilesMoved();
        }
        Change change = Change.of(OPERATION).add(added);
        if (sameColumns) {
            return removed.isEmpty() ? change : change.remove(removed);
        }
        Change shaped = change.shape(TableShape.of(schema.rows()));
        return newest.isPresent() ? shaped.removeAll() : shaped;
    }

    private boolean isNothing() {
        return removed.isEmpty() && added.isEmpty();
    }

    private static Set<String> paths(Optional<Snapshot> table) {
        return table.map(snapshot ->
                        snapshot.files().stream().map(DataFile::path).collect(Collectors.toSet()))
                .orElseGet(HashSet::new);
    }

    /// Whether a table's rows can stay when the rollup's are added.
    static boolean fits(Snapshot table, RollupSchema schema) {
        return table.schema().holdsSameAs(schema.rows());
    }

    /// Somebody else moved the rows to other files meanwhile; the work on them is to be done again.
    static final class FilesMoved extends RuntimeException {
        private static final long serialVersionUID = 1;

        FilesMoved() {
            super("the rollup's files were rewritten meanwhile", null, false, false);
        }
    }
}
