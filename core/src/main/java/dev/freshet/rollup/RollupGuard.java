package dev.freshet.rollup;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.query.FileQuery;
import dev.freshet.table.DataFile;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Keeps a migration from dropping what the rollup that takes its place does not hold yet.
final class RollupGuard {
    private static final String REFUSAL = "refusing to drop legacy daily rollups";

    /// Facts younger than this may be on their way; one that is dated in the future must not block for ever.
    private static final Duration GRACE = Duration.ofHours(1);

    private final RollupDefinition definition;
    private final Facts facts;
    private final DeltaTable table;
    private final FileQuery engine;
    private final Host host;

    RollupGuard(RollupDefinition definition, Facts facts, DeltaTable table, FileQuery engine, Host host) {
        this.definition = definition;
        this.facts = facts;
        this.table = table;
        this.engine = engine;
        this.host = host;
    }

    /// @throws FreshetException (NOT_ROLLED_UP) saying what is missing
    void check() {
        Optional<Snapshot> newest = facts.newest();
        if (newest.isEmpty() || newest.get().files().isEmpty()) {
            return;
        }
        RollupState state = table.latest()
                .flatMap(RollupState::in)
                .orElseThrow(() -> refused("%s has facts, and the rollup has no state".formatted(source())));
        if (state.watermarkAt() == null || state.watermarkAt().equals(RollupState.NO_WATERMARK)) {
            throw refused("%s has facts, and the rollup has no watermark".formatted(source()));
        }
        if (!state.factsTableId().equals(newest.get().tableId())) {
            throw refused("%s is another table than the one that was rolled up".formatted(source()));
        }
        requireNothingOld(newest.get(), state.processedVersion());
    }

    private void requireNothingOld(Snapshot newest, long processed) {
        Instant limit = host.now().minus(GRACE);
        List<DataFile> changed = changed(newest, processed, limit);
        RollupSchema schema = RollupSchema.of(definition, newest);
        new FactsQuery(engine, schema, new RollupSql(schema, Safeguards.ALL))
                .reach(newest, changed)
                .map(FactsQuery.Reach::oldest)
                .filter(oldest -> oldest.isBefore(limit))
                .ifPresent(oldest -> {
                    throw refused("changes of %s after version %d, up to %d, touch facts as old as %s"
                            .formatted(source(), processed, newest.version(), oldest));
                });
    }

    /// The files with changes that may be older, all of them readable.
    private List<DataFile> changed(Snapshot newest, long processed, Instant limit) {
        try {
            List<DataFile> changed = facts.changes(processed, newest.version()).stream()
                    .flatMap(change -> Stream.concat(change.added().stream(), change.removed().stream()))
                    .filter(file -> file.times(definition.time())
                            .filter(bounds -> !bounds.first().isBefore(limit))
                            .isEmpty())
                    .toList();
            facts.requireFiles(newest, changed);
            return changed;
        } catch (FreshetException e) {
            if (e.code() == ErrorCode.UNKNOWN_ID) {
                throw refused(
                        "what changed in %s after version %d cannot be read any more".formatted(source(), processed));
            }
            throw e;
        }
    }

    private String source() {
        return definition.source().name();
    }

    private FreshetException refused(String why) {
        return new FreshetException(
                ErrorCode.NOT_ROLLED_UP,
                "%s: %s; run: freshet rollup backfill %s".formatted(REFUSAL, why, definition.name()));
    }
}
