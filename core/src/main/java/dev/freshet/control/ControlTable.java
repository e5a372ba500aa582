package dev.freshet.control;

import dev.freshet.batch.Schema;
import dev.freshet.control.EditOutcome.Edited;
import dev.freshet.control.EditOutcome.Unchanged;
import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.store.MissingObjectException;
import dev.freshet.store.Store;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.DeltaTable;
import dev.freshet.table.Fence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Coordinates any number of processes through one Delta table in the lake, `_freshet/control`, with one row a
/// task. The table's next version, which only one writer gets, is the only arbiter; everything is decided on the
/// newest version and decided again after a conflict. Safe for use by many threads. Methods throw
/// [FreshetException] when the lake is out of reach or the table cannot be read; then nothing was written.
public final class ControlTable {
    /// Where the table is in every lake.
    public static final String PATH = "_freshet/control";

    /// Its columns.
    public static final Schema SCHEMA = RowSchema.SCHEMA;

    /// Commits that are looked at to find how a row was; most write every row.
    private static final int MOST_LOOKS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(ControlTable.class);

    private final DeltaTable table;
    private final Housekeeping housekeeping;
    private final TickCommit.Tools tools;
    private final Patience patience;
    /// Whether this Freshet knew the lake's layout when it began; before each commit it looks again.
    private volatile boolean supported;

    public ControlTable(Store store, Host host, Pod pod) {
        this(store, host, pod, ControlUpkeep.DEFAULT);
    }

    /// @param upkeep how the table is kept small, now and then after a commit and in the background
    public ControlTable(Store store, Host host, Pod pod, ControlUpkeep upkeep) {
        this(store, host, pod, upkeep, RowsSplit.DEFAULT);
    }

    ControlTable(Store store, Host host, Pod pod, ControlUpkeep upkeep, RowsSplit split) {
        this.table = DeltaTable.withoutUpkeep(store, PATH, host);
        this.housekeeping = new Housekeeping(table, host, upkeep);
        this.tools = new TickCommit.Tools(
                host,
                pod,
                new Observer(host),
                new RowsFiles(store, host, split),
                Layout.open(store, host),
                upkeep.checkpointEvery());
        this.patience = new Patience(host);
    }

    private ControlTable(ControlTable same, Pod pod) {
        this.table = same.table;
        this.housekeeping = same.housekeeping;
        this.tools = same.tools.of(pod);
        this.patience = same.patience;
    }

    /// The table for another pod in this process, which observes leases for itself. What either has read of the table's
    /// files, or has written, neither reads again; the upkeep is one.
    public ControlTable as(Pod other) {
        return new ControlTable(this, other);
    }

    public Pod pod() {
        return tools.pod();
    }

    /// The newest rows, sorted by task; none when the table does not exist. Every read is also an observation:
    /// leases expire only for a process that reads at least each quarter of the shortest one.
    public List<TaskRow> rows() {
        return newest().list();
    }

    /// The rows as they were at an earlier version, sorted by task, as long as the history is kept.
    ///
    /// @throws FreshetException (UNKNOWN_ID) naming the versions that are kept
    public List<TaskRow> rowsAt(long version) {
        return patience.with(() -> tools.files().readPast(table.at(version)).list());
    }

    /// The rows as they were at this time, by the store's times.
    ///
    /// @throws FreshetException (UNKNOWN_ID) naming the oldest version that is kept
    public List<TaskRow> rowsAt(Instant time) {
        return patience.with(() -> tools.files().readPast(table.at(time)).list());
    }

    /// The row as the claim that it bears found it: as the last commit below the claim wrote it. Empty if the claim
    /// created it, or if that commit is cleaned away.
    public Optional<TaskRow> beforeClaim(TaskRow claimed) {
        Fence fence = claimed.fence();
        if (fence == null) {
            return Optional.empty();
        }
        long oldest = Math.max(0, fence.version() - MOST_LOOKS);
        for (long version = fence.version() - 1; version >= oldest; version--) {
            Optional<List<String>> files = table.addedBy(version);
            Optional<TaskRow> row = files.flatMap(keys -> past(keys, claimed.task()));
            if (files.isEmpty() || row.isPresent()) {
                return row;
            }
        }
        return Optional.empty();
    }

    private Optional<TaskRow> past(List<String> keys, String task) {
        try {
            return tools.files().readPast(keys, task);
        } catch (MissingObjectException _) {
            return Optional.empty();
        }
    }

    public Optional<TaskRow> row(String task) {
        return newest().of(task);
    }

    /// When the holders of tasks gave their last sign of life, by task: for people only.
    public Map<String, Heartbeat> heartbeats() {
        return patience.with(() ->
                table.latest().map(new Heartbeats(table, tools.files())::of).orElse(Map.of()));
    }

    /// Whether this process has seen the lease of exactly this state of the row expire.
    public boolean expired(TaskRow row) {
        return tools.observer().expired(row);
    }

    /// True exactly when a plain claim of the task would be granted to this pod now.
    public boolean isDue(String task) {
        Claim claim = new Claim(task, Duration.ofMinutes(1), ClaimTerms.whenDue(task, tools.host()));
        Rows rows = newest();
        return claim.on(rows.of(task), moment()).outcome() instanceof Granted;
    }

    /// Does everything in the plan in one commit, or commits nothing when nothing changes. Reads, so it observes.
    public TickOutcome tick(TickPlan plan) {
        return patience.with(() -> commit(plan));
    }

    /// Claims the task if it is due or requested, or if its lease has expired.
    public LeaseOutcome tryClaim(String task, Duration lease) {
        return claim(new Claim(task, lease, ClaimTerms.whenDue(task, tools.host())));
    }

    public LeaseOutcome claim(Claim claim) {
        return tick(TickPlan.claim(claim)).claim(claim.task());
    }

    public RenewOutcome renew(Lease lease) {
        return tick(TickPlan.renew(lease)).renewal(lease.task());
    }

    /// Success: due again after the interval.
    public ReleaseOutcome release(Lease lease, Duration interval) {
        return release(
                lease,
                row -> row.with()
                        .nextRunAt(tools.host().now().plus(interval))
                        .attempt(0)
                        .dueAt(null)
                        .retryAt(null)
                        .build());
    }

    /// Failure: any pod may try the same due time again at once.
    public ReleaseOutcome releaseOnFailure(Lease lease) {
        return release(lease, row -> row.with().retryAt(null).build());
    }

    public ReleaseOutcome release(Lease lease, UnaryOperator<TaskRow> change) {
        return tick(TickPlan.release(new Release(lease, change))).release(lease.task());
    }

    /// Asks for a run now; [TaskRow#requestedAt()] of the edited row is the request.
    public EditOutcome request(String task) {
        return edit(Edit.request(task, tools.host()));
    }

    public EditOutcome edit(Edit edit) {
        return tick(TickPlan.edit(edit)).edit(edit.task());
    }

    /// Makes the schedule the owner of the task's dataset unless another schedule owns it that still exists.
    public OwnOutcome own(String task, String scheduleId, Predicate<String> exists) {
        return switch (edit(Ownership.of(task, scheduleId, exists, tools.host()))) {
            case Edited(var row) -> new OwnOutcome.Owned(row);
            case EditOutcome.Unknown(var reason) -> new OwnOutcome.Unknown(reason);
            case Unchanged() -> owner(task, scheduleId);
        };
    }

    private OwnOutcome owner(String task, String scheduleId) {
        TaskRow row = row(task).orElseThrow(() -> new IllegalStateException(task + " had an owner and has no row"));
        String owner = row.scheduleId();
        return owner == null || owner.equals(scheduleId) ? new OwnOutcome.Owned(row) : new OwnOutcome.OwnedBy(owner);
    }

    private void requireSupportedLayout() {
        tools.layout().requireSupported();
        supported = true;
    }

    private TickOutcome commit(TickPlan plan) {
        requireSupportedLayout();
        TickCommit commit = new TickCommit(tools, plan);
        CommitOutcome outcome = table.commit(commit);
        Tick tick = commit.tick();
        if (!tick.changed()) {
            return tick.outcome(commit.tries());
        }
        return switch (outcome) {
            case CommitOutcome.Committed committed -> {
                commit.committed();
                housekeeping.after(committed.version(), tick.rows());
                tick.reclaimed().forEach(ControlTable::warn);
                yield tick.outcome(commit.tries());
            }
            case CommitOutcome.Unknown(var reason) -> tick.unknown(reason, commit.tries());
            case CommitOutcome.Conflict(var reason) -> throw new FreshetException(ErrorCode.CONFLICT, reason);
            case CommitOutcome.Fenced _, CommitOutcome.Adopted _ ->
                throw new AssertionError("the control table has no fence of its own");
        };
    }

    /// Waits until the upkeep that this process began has ended; false when that takes longer.
    public boolean finishUpkeep(Duration patience) throws InterruptedException {
        return housekeeping.finish(patience);
    }

    private static void warn(Lease lease) {
        lease.former()
                .ifPresent(row -> LOG.warn(
                        "task {}: the lease of pod {} (instance {}) {}; reclaimed with fence {}",
                        row.task(),
                        row.podId(),
                        row.instanceId(),
                        lease.eviction() == null
                                ? "expired"
                                : "was ended by " + lease.eviction().by(),
                        lease.fence()));
    }

    private Rows newest() {
        return patience.with(() -> {
            if (!supported) {
                requireSupportedLayout();
            }
            long started = tools.host().nanos();
            Rows rows = table.latest().map(tools.files()::read).orElse(Rows.none());
            tools.observer().saw(rows, started, tools.host().nanos());
            return rows;
        });
    }

    private Moment moment() {
        Host host = tools.host();
        return new Moment(pod(), new Fence(0, 0), host.now(), host.nanos(), host::newId, this::expired, host::keeps);
    }
}
