package dev.freshet.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.query.FileQuery;
import dev.freshet.query.QueryLimits;
import dev.freshet.store.Store;
import dev.freshet.table.CommittedChange;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One rollup as it can be looked at, without any lease: how it stands, whether it is right, what a backfill would do.
/// Reads only. Each answer is about one look at the facts and the rollup. Safe for use by many threads.
public final class Rollup {
    private final RollupDefinition definition;
    private final Store store;
    private final Host host;
    private final QueryLimits limits;
    private final Facts facts;
    private final DeltaTable table;

    private Rollup(RollupDefinition definition, Store store, Host host, QueryLimits limits) {
        this.definition = definition;
        this.store = store;
        this.host = host;
        this.limits = limits;
        this.facts = new Facts(store, host, definition);
        this.table = DeltaTable.withoutUpkeep(store, definition.path(), host);
    }

    /// @param kind the rollup's definition as its task has it
    /// @throws FreshetException (BAD_DEFINITION) if it is none
    public static Rollup of(Store store, Host host, QueryLimits limits, JsonNode kind) {
        return new Rollup(RollupReader.read(kind), store, host, limits);
    }

    public RollupStatus status() {
        Optional<Snapshot> newest = facts.newest();
        Optional<Snapshot> own = table.latest().filter(Snapshot::hasColumns);
        Optional<RollupState> state = own.flatMap(RollupState::in);
        Lag lag = lag(newest, state);
        return new RollupStatus(
                definition.name(),
                definition.source().name(),
                own.map(found -> OptionalLong.of(found.version())).orElse(OptionalLong.empty()),
                own.map(Snapshot::rows).orElse(OptionalLong.empty()),
                state.filter(known -> known.processedVersion() >= 0)
                        .map(known -> OptionalLong.of(known.processedVersion()))
                        .orElse(OptionalLong.empty()),
                newest.map(found -> OptionalLong.of(found.version())).orElse(OptionalLong.empty()),
                lag.versions,
                lag.since,
                state.map(RollupState::watermarkAt).orElse(null),
                state.map(RollupState::retainedFrom).orElse(null),
                state.map(RollupState::historyFrom).orElse(null),
                state.map(RollupState::definitionVersion).orElse(OptionalLong.empty()),
                lag.rebuild,
                state.map(RollupState::pass).map(Rollup::inWords).orElse(null),
                state.map(RollupState::lastError).orElse(null));
    }

    /// What of the facts is not in the rows.
    private record Lag(
            long versions,
            @Nullable Instant since,
            @Nullable String rebuild) {}

    private Lag lag(Optional<Snapshot> newest, Optional<RollupState> state) {
        if (newest.isEmpty()) {
            return new Lag(0, null, null);
        }
        long processed = state.map(RollupState::processedVersion).orElse(-1L);
        long behind = Math.max(0, newest.get().version() - processed);
        Optional<Rebuild> rebuild = rebuild(newest.get(), state);
        try {
            Instant since = facts.changes(processed, newest.get().version()).stream()
                    .filter(CommittedChange::changesRows)
                    .map(CommittedChange::timestamp)
                    .findFirst()
                    .orElse(null);
            return new Lag(behind, since, rebuild.map(Rebuild::text).orElse(null));
        } catch (FreshetException e) {
            if (e.code() != ErrorCode.UNKNOWN_ID) {
                throw e;
            }
            Instant since = state.map(RollupState::watermark).orElse(RollupState.NO_WATERMARK);
            return new Lag(behind, since, rebuild.orElse(Rebuild.VERSIONS_GONE).text());
        }
    }

    private Optional<Rebuild> rebuild(Snapshot newest, Optional<RollupState> state) {
        try {
            RollupSchema schema = RollupSchema.of(definition, newest);
            return Rebuild.of(table.latest().filter(Snapshot::hasColumns), state, schema, newest);
        } catch (FreshetException _) {
            // The facts have no such columns any more: that is an error of the next run, not a rebuild.
            return Optional.empty();
        }
    }

    /// Why the facts, as they are now, cannot be rolled up as the definition says; empty if they can, or if there are
    /// none yet.
    public Optional<String> misfit() {
        try {
            var _ = facts.newest().map(newest -> RollupSchema.of(definition, newest));
            return Optional.empty();
        } catch (FreshetException e) {
            if (e.code() != ErrorCode.BAD_DEFINITION) {
                throw e;
            }
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String inWords(Pass pass) {
        String done = pass.through() == Buckets.FIRST ? "nothing" : "all before " + Buckets.start(pass.through());
        return "%s as of version %d: %d slices, %s done"
                .formatted(pass.backfill() ? "backfill" : "tick", pass.version(), pass.slices(), done);
    }

    /// Computes the rollup again, as of the version that it stands for, and compares every row above what retention
    /// took.
    ///
    /// @throws FreshetException (UNKNOWN_ID) when there is no rollup yet, or the facts of that version are gone
    public RollupCheck verify() {
        Snapshot own = table.latest()
                .filter(Snapshot::hasColumns)
                .orElseThrow(() -> new FreshetException(
                        ErrorCode.UNKNOWN_ID,
                        "rollup '%s' has no table yet; run it first".formatted(definition.name())));
        return new Verification(definition, facts, own, new FileQuery(store, limits)).run();
    }

    /// What a backfill would do now, without doing it.
    ///
    /// @param monthsBack as the backfill would be told
    /// @throws FreshetException (BAD_USAGE) if the backfill would refuse that, (UNKNOWN_ID) without facts
    public BackfillPlan plan(OptionalInt monthsBack, boolean forcePartial) {
        Snapshot newest = facts.newest()
                .orElseThrow(() -> new FreshetException(
                        ErrorCode.UNKNOWN_ID,
                        "rollup '%s': source '%s' does not exist yet"
                                .formatted(
                                        definition.name(), definition.source().name())));
        Optional<RollupState> state =
                table.latest().filter(Snapshot::hasColumns).flatMap(RollupState::in);
        Pass pass = rebuild(newest, state).isEmpty()
                ? state.map(RollupState::pass).filter(Pass::backfill).orElse(null)
                : null;
        Snapshot asOf = pass == null || pass.version() == newest.version() ? newest : facts.at(pass.version());
        RollupSchema schema = RollupSchema.of(definition, asOf);
        FactsQuery query = new FactsQuery(new FileQuery(store, limits), schema, new RollupSql(schema, Safeguards.ALL));
        Optional<FactsQuery.Reach> reach = query.reach(asOf);
        Instant limit = pass != null
                ? null
                : History.limit(new Operation.Backfill(monthsBack, forcePartial, Duration.ZERO), definition, reach);
        long first = pass != null ? pass.through() : floor(state, limit);
        Buckets hours = Buckets.span(first, Buckets.END);
        List<BackfillPlan.Slice> slices = query.months(asOf, hours).stream()
                .filter(month -> Slices.endOfMonth(month) > first)
                .map(month -> new BackfillPlan.Slice(Buckets.start(month), Buckets.start(Slices.endOfMonth(month))))
                .toList();
        return new BackfillPlan(
                definition.name(),
                asOf.version(),
                pass != null,
                slices,
                query.rows(asOf, hours),
                slices.isEmpty() ? null : slices.getFirst().from(),
                reach.map(found -> Slices.start(Slices.month(found.newest()).plusMonths(1)))
                        .orElse(null));
    }

    private static long floor(Optional<RollupState> state, @Nullable Instant limit) {
        long wanted = limit == null ? Buckets.FIRST : Buckets.from(limit);
        return Math.max(
                wanted, state.map(RollupState::retainedFrom).map(Buckets::from).orElse(Buckets.FIRST));
    }

    /// Refuses that a migration drops what this rollup is to stand for while it does not.
    ///
    /// @throws FreshetException (NOT_ROLLED_UP) saying what is missing
    public void requireComplete() {
        new RollupGuard(definition, facts, table, new FileQuery(store, limits), host).check();
    }
}
