package dev.freshet.rollup;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.event.EventType;
import dev.freshet.query.FileQuery;
import dev.freshet.schedule.RunContext;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DataFile;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The work of one run on one rollup: brings it from where its state stands to the facts' newest version as it was when
/// the run began, slice by slice. Every slice is a commit of rows and state together; whoever comes after a run that
/// died goes on behind the last one. Used once, by one thread.
final class RollupRun {
    /// How far behind the moment of looking the watermark stays, for clocks that differ.
    static final Duration WATERMARK_LAG = Duration.ofMinutes(5);

    private static final int TRIES = 5;
    private static final Duration NAP = Duration.ofMillis(200);

    /// Failures that say nothing about the rollup, or after which nothing may be written any more.
    private static final Set<ErrorCode> NOT_ITS_OWN = Set.of(
            ErrorCode.BAD_USAGE,
            ErrorCode.FENCED,
            ErrorCode.CANCELLED,
            ErrorCode.STALLED,
            ErrorCode.CONFLICT,
            ErrorCode.OUTCOME_UNKNOWN,
            ErrorCode.LAKE_UNREACHABLE);

    private final RunContext context;
    private final RollupDefinition definition;
    private final Terms terms;
    private final Look look;
    private final FileQuery engine;
    private final DeltaTable table;
    private final KeptSlices kept;

    private @Nullable RollupState state;
    private @Nullable Long version;
    private int slices;
    private int resumed;
    private long touched;
    private long bytes;
    private Duration pause = Duration.ZERO;

    /// The facts, their newest version, and before when all of it was there.
    record Look(Facts facts, Snapshot newest, Instant asOf) {}

    private RollupRun(RunContext context, RollupDefinition definition, Look look, Terms terms) {
        this.context = context;
        this.definition = definition;
        this.terms = terms;
        this.look = look;
        this.engine = new FileQuery(context.store(), terms.limits());
        this.table = DeltaTable.withoutUpkeep(context.store(), definition.path(), context.host());
        this.kept = new KeptSlices(context);
        this.state = context.target().flatMap(RollupState::in).orElse(null);
        context.onCancel(engine::cancel);
    }

    /// A run as of now; empty while there are no facts to look at.
    static Optional<RollupRun> over(RunContext context, RollupDefinition definition, Terms terms) {
        Facts facts = new Facts(context.store(), context.host(), definition);
        Instant asOf = context.host().now().minus(WATERMARK_LAG);
        return facts.newest().map(newest -> new RollupRun(context, definition, new Look(facts, newest, asOf), terms));
    }

    Optional<RollupState> state() {
        return Optional.ofNullable(state);
    }

    /// What a run does; it may wait.
    interface Body {
        void run() throws InterruptedException;
    }

    /// Does something, and writes down why it failed if it did and that says something about the rollup.
    Done doing(Body body) throws InterruptedException {
        try {
            body.run();
            return done();
        } catch (FreshetException e) {
            if (state != null && !NOT_ITS_OWN.contains(e.code())) {
                keep(e);
            }
            throw e;
        }
    }

    Done done() {
        RollupState now = state;
        return now == null
                ? new Done(slices, resumed, touched, bytes, version, -1, null)
                : new Done(slices, resumed, touched, bytes, version, now.processedVersion(), now.watermarkAt());
    }

    /// When the facts happened, as of the newest version.
    Optional<FactsQuery.Reach> reach() {
        RollupSchema schema = RollupSchema.of(definition, look.newest());
        return new FactsQuery(engine, schema, new RollupSql(schema, terms.safeguards())).reach(look.newest());
    }

    /// Says that everything up to the newest version is in the rows.
    void stamp() {
        RollupSchema schema = RollupSchema.of(definition, look.newest());
        RollupState stamped = current().processed(look.newest().version(), look.asOf());
        write(Rewrite.nothing(schema, target()), stamped, true);
    }

    /// Everything up to the newest version, whatever it takes.
    ///
    /// @param last whether the run has nothing to do after this
    void catchUp(boolean last) throws InterruptedException {
        if (rebuild().isPresent()) {
            begin(true, null);
        }
        while (current().pass() != null
                || current().processedVersion() < look.newest().version()) {
            try {
                advance(last);
            } catch (FreshetException e) {
                if (e.code() != ErrorCode.UNKNOWN_ID) {
                    throw e;
                }
                begin(true, null);
            }
        }
    }

    /// All hours again, as of the newest version; goes on with a backfill that is under way instead of beginning one.
    void backfill(Operation.Backfill how) throws InterruptedException {
        pause = how.pause();
        boolean anew = rebuild().isPresent();
        if (anew || current().pass() == null || !current().pass().backfill()) {
            Instant from = how.monthsBack().isEmpty() ? null : History.limit(how, definition, reach());
            if (!anew) {
                catchUp(false);
            }
            begin(anew, from);
        }
        catchUp(true);
    }

    /// The hours that meet the span again, as of the version that the rollup stands for.
    void recompute(Instant from, Instant to) throws InterruptedException {
        if (rebuild().isPresent() || current().pass() != null) {
            throw new FreshetException(
                    ErrorCode.BAD_USAGE,
                    "rollup '%s' is not complete yet; run a backfill".formatted(definition.name()));
        }
        Buckets hours = Buckets.span(Buckets.hour(from), Buckets.from(to))
                .within(current().floor(), Buckets.END);
        if (from.isBefore(to) && !hours.isEmpty()) {
            Work work = work(current().processedVersion(), false);
            commit(work, hours, this::current, true);
        }
    }

    private RollupState current() {
        return Objects.requireNonNull(state);
    }

    private Optional<Rebuild> rebuild() {
        return Rebuild.of(target(), state(), RollupSchema.of(definition, look.newest()), look.newest());
    }

    private Optional<Snapshot> target() {
        return table.latest().filter(Snapshot::hasColumns);
    }

    /// Says in the state that a backfill is under way, and as of which version.
    private void begin(boolean anew, @Nullable Instant from) {
        kept.forget();
        Snapshot newest = look.newest();
        RollupState former = state().orElseGet(() -> RollupState.initial(definition, newest.tableId()));
        Pass none = new Pass(true, newest.version(), look.asOf(), Buckets.FIRST, Buckets.FIRST, 0);
        RollupState next = former.begun(definition, newest.tableId(), none, anew, from)
                .retainedFrom(anew && state != null ? Retained.from(newest).orElse(null) : null);
        Pass pass = new Pass(true, newest.version(), look.asOf(), next.floor(), next.floor(), 0);
        RollupSchema schema = RollupSchema.of(definition, newest);
        write(Rewrite.nothing(schema, target()), next.under(pass), false);
    }

    /// One pass, or the rest of it.
    private void advance(boolean last) throws InterruptedException {
        Pass pending = current().pass();
        Goal goal = pending == null
                ? Goal.after(current(), look, terms.safeguards())
                : Goal.resumed(current(), pending, look, terms.safeguards());
        Work work = work(goal.pass().version(), goal.pass().backfill());
        if (!goal.pass().backfill()
                && target().filter(kept -> !Rewrite.fits(kept, work.schema)).isPresent()) {
            begin(true, null);
            return;
        }
        RollupState from = current().retainedFrom(goal.retainedFrom().orElse(null));
        List<Slices.Slice> left = work.slices(goal, from);
        Pass pass = goal.pass();
        tellResumed(pass);
        for (int i = 0; i < left.size(); i++) {
            Slices.Slice slice = left.get(i);
            boolean ends = i == left.size() - 1;
            pauseBetween(i > 0);
            pass = pass.done(slice.end());
            Pass after = pass;
            Supplier<RollupState> next = () -> ends ? completed(from, after) : from.under(after);
            long before = touched;
            commit(
                    work,
                    slice.buckets(),
                    next,
                    ends && last && pass.version() >= look.newest().version());
            if (pass.backfill() && (left.size() > 1 || pass.slices() > 1)) {
                kept.keep(from, pass, touched - before);
            }
        }
    }

    private void tellResumed(Pass pass) {
        resumed += pass.slices();
        if (pass.slices() > 0) {
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("rollup", definition.name());
            details.put("source_version", pass.version());
            details.put("slices", pass.slices());
            context.happened(EventType.RUN_RESUMED, details);
        }
    }

    /// The state when a pass is through.
    private RollupState completed(RollupState from, Pass pass) {
        Safeguard rule = pass.backfill() ? Safeguard.STAMPED_AS_OF_START : Safeguard.ONLY_WHAT_WAS_CAPTURED;
        if (terms.keeps(rule)) {
            return from.processed(pass.version(), pass.asOf());
        }
        return from.processed(
                look.facts().newest().orElseThrow().version(),
                context.host().now().minus(WATERMARK_LAG));
    }

    private void pauseBetween(boolean wanted) throws InterruptedException {
        Duration left = wanted ? pause : Duration.ZERO;
        while (left.isPositive() && !context.cancelled()) {
            Duration nap = left.compareTo(NAP) < 0 ? left : NAP;
            context.host().sleep(nap);
            left = left.minus(nap);
        }
        if (context.cancelled()) {
            throw new FreshetException(
                    ErrorCode.CANCELLED,
                    "rollup '%s': the run was cancelled after %d slices; the next one goes on behind them"
                            .formatted(definition.name(), slices));
        }
    }

    private void commit(Work work, Buckets buckets, Supplier<RollupState> next, boolean last) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Snapshot> kept = target().filter(found -> Rewrite.fits(found, work.schema));
            Rewrite rewrite = work.rewriter.write(work.facts, work.query, kept, buckets);
            try {
                write(rewrite, next.get(), last);
                slices++;
                touched += rewrite.touched();
                tell(work, buckets, rewrite.touched());
                return;
            } catch (Rewrite.FilesMoved _) {
                work.rewriter.discard(rewrite);
            }
        }
        throw new FreshetException(
                ErrorCode.CONFLICT,
                "rollup '%s': its files were rewritten %d times while they were read"
                        .formatted(definition.name(), TRIES));
    }

    private void tell(Work work, Buckets buckets, long rows) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("rollup", definition.name());
        details.put("source", definition.source().name());
        details.put("source_version", work.facts.version());
        details.put("rows", rows);
        if (!buckets.isEmpty() && buckets.first() != Buckets.FIRST) {
            details.put("from", Buckets.start(buckets.first()).toString());
        }
        if (!buckets.isEmpty() && buckets.end() != Buckets.END) {
            details.put("to", Buckets.start(buckets.end()).toString());
        }
        context.happened(work.backfill ? EventType.BACKFILL_SLICE : EventType.ROLLUP_WINDOW, details);
    }

    private void write(Rewrite rewrite, RollupState next, boolean last) {
        Map<String, Object> extras = new LinkedHashMap<>(next.extras());
        extras.put("rows", touched + rewrite.touched());
        long written =
                bytes + rewrite.added().stream().mapToLong(DataFile::bytes).sum();
        extras.put("bytes", written);
        CommitOutcome outcome = last
                ? context.commit(rewrite::on, next.position(), extras)
                : context.step(newest -> Optional.of(rewrite.on(newest)), next.position(), extras);
        version = committed(outcome);
        bytes = written;
        state = next;
    }

    private long committed(CommitOutcome outcome) {
        return switch (outcome) {
            case CommitOutcome.Committed(long made, var _) -> made;
            case CommitOutcome.Adopted(var mark, long made) ->
                throw failed(
                        ErrorCode.CONFLICT, "run %s settled this already, in version %d".formatted(mark.runId(), made));
            case CommitOutcome.Conflict(String reason) -> throw failed(ErrorCode.CONFLICT, reason);
            case CommitOutcome.Fenced(var theirs) ->
                throw failed(ErrorCode.FENCED, "a newer run holds the fence " + theirs);
            case CommitOutcome.Unknown(String reason) -> throw failed(ErrorCode.OUTCOME_UNKNOWN, reason);
        };
    }

    private FreshetException failed(ErrorCode code, String reason) {
        return new FreshetException(code, "rollup '%s': %s".formatted(definition.name(), reason));
    }

    /// The run that fails takes nothing else along.
    private void keep(FreshetException e) {
        LastError error = new LastError(context.host().now(), e.code().name(), String.valueOf(e.getMessage()));
        if (!terms.keeps(Safeguard.ERRORS_ARE_KEPT) || current().isKnown(error)) {
            return;
        }
        RollupState failed = current().failed(error);
        try {
            var _ = context.step(
                    _ -> Optional.of(Change.of("ROLLUP ERROR").withoutDataChange()),
                    failed.position(),
                    failed.extras());
        } catch (FreshetException unwritten) {
            e.addSuppressed(unwritten);
        }
    }

    private Work work(long factsVersion, boolean backfill) {
        Snapshot newest = look.newest();
        return new Work(factsVersion == newest.version() ? newest : look.facts().at(factsVersion), backfill);
    }

    /// Everything that goes with one version of the facts.
    private final class Work {
        private final Snapshot facts;
        private final boolean backfill;
        private final RollupSchema schema;
        private final FactsQuery query;
        private final Rewriter rewriter;

        Work(Snapshot facts, boolean backfill) {
            this.facts = facts;
            this.backfill = backfill;
            this.schema = RollupSchema.of(definition, facts);
            RollupSql sql = new RollupSql(schema, terms.safeguards());
            this.query = new FactsQuery(engine, schema, sql);
            this.rewriter = new Rewriter(context, engine, schema, sql);
        }

        List<Slices.Slice> slices(Goal goal, RollupState from) {
            long first = Math.max(goal.pass().through(), from.floor());
            if (goal.pass().backfill()) {
                return Slices.whole(
                        first,
                        kept.months(from, goal.pass(), () -> query.months(facts, Buckets.span(first, Buckets.END))));
            }
            long since = terms.keeps(Safeguard.VERSIONS_DECIDE) ? first : Buckets.hour(from.watermark());
            Buckets changed = query.touched(look.facts(), facts, goal.changes()).within(since, Buckets.END);
            return query.rows(facts, changed) > terms.mostRows() ? Slices.byMonth(changed) : Slices.one(changed);
        }
    }
}
