package dev.freshet.rollup;

import dev.freshet.table.Snapshot;
import java.util.Optional;

/// Why the rows of a rollup stand for nothing that could be brought up to date, so that all are computed again.
enum Rebuild {
    NO_STATE("nothing is rolled up yet"),
    OTHER_FACTS("the facts are another table than the one that was rolled up"),
    OTHER_DEFINITION("the definition has changed"),
    OTHER_COLUMNS("the facts' columns have changed, and the rollup's with them"),
    VERSIONS_GONE("versions of the facts that are not rolled up yet cannot be read any more");

    private final String text;

    Rebuild(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /// @param table the rollup's own
    /// @param facts their newest version
    static Optional<Rebuild> of(
            Optional<Snapshot> table, Optional<RollupState> state, RollupSchema schema, Snapshot facts) {
        if (state.isEmpty()) {
            return Optional.of(NO_STATE);
        }
        RollupState known = state.get();
        if (!known.factsTableId().equals(facts.tableId())) {
            return Optional.of(OTHER_FACTS);
        }
        if (!known.definition().equals(schema.definition().fingerprint())) {
            return Optional.of(OTHER_DEFINITION);
        }
        if (table.filter(snapshot -> !Rewrite.fits(snapshot, schema)).isPresent()) {
            return Optional.of(OTHER_COLUMNS);
        }
        return known.processedVersion() < 0 && known.pass() == null ? Optional.of(NO_STATE) : Optional.empty();
    }
}
