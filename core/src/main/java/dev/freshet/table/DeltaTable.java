package dev.freshet.table;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Guard;
import dev.freshet.host.Host;
import dev.freshet.store.Puts;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Delta table of a lake: its snapshots, and commits at exactly the next version. Keeps the newest state
/// between calls, so one object should serve all uses of a table in a process; it holds nothing that needs
/// closing. Safe for use by many threads. What cannot be read is an error, never an absent table.
public final class DeltaTable {
    /// With every so many versions [#upkeep] keeps at least a state to start from.
    public static final int UPKEEP_EVERY = KeptState.EVERY;

    private static final Logger LOG = LoggerFactory.getLogger(DeltaTable.class);

    private final String path;
    private final Host host;
    private final CommitBounds bounds;
    private final FileAge age;
    private final Optional<LogRetention> retention;
    private final TableLog log;
    private final FilePaths paths;
    private final TimeTravel past;
    private final LogTail tail;
    private final CommitPut put;
    private final CheckpointWriter checkpoints;
    private final LogCleaner cleaner;
    private final TableUpkeep upkeep;
    private final DeadFileSearch search;
    private final Vacuum vacuum;

    /// A table that is kept by [LogRetention#DEFAULT].
    ///
    /// @param path the table's key in the store, such as `datasets/orders`
    public DeltaTable(Store store, String path, Host host) {
        this(store, path, host, LogRetention.DEFAULT);
    }

    /// @param retention how its log is cleaned, now and then after a commit
    public DeltaTable(Store store, String path, Host host, LogRetention retention) {
        this(store, path, host, CommitBounds.defaults(), Optional.of(retention));
    }

    /// A table whose checkpoints are written, and whose log is cleaned, only when [#upkeep] is called.
    public static DeltaTable withoutUpkeep(Store store, String path, Host host) {
        return new DeltaTable(store, path, host, CommitBounds.defaults(), Optional.empty());
    }

    /// The same for a table whose dead files are deleted at this age.
    public static DeltaTable withoutUpkeep(Store store, String path, Host host, Duration vacuumAge) {
        return new DeltaTable(store, path, host, CommitBounds.defaults(), Optional.empty(), vacuumAge);
    }

    DeltaTable(Store store, String path, Host host, CommitBounds bounds, Optional<LogRetention> retention) {
        this(
                store,
                path,
                host,
                bounds,
                retention,
                retention.orElse(LogRetention.DEFAULT).files());
    }

    private DeltaTable(
            Store store,
            String path,
            Host host,
            CommitBounds bounds,
            Optional<LogRetention> retention,
            Duration vacuumAge) {
        this.path = path;
        this.age = new FileAge(host, vacuumAge);
        this.host = host;
        this.bounds = bounds;
        this.retention = retention;
        Puts puts = new Puts(store, host, bounds.putDeadline());
        this.log = new TableLog(store, path);
        this.paths = new FilePaths(store, path);
        KernelLog kernel = new KernelLog(store, path, log, paths);
        this.past = new TimeTravel(path, log, kernel);
        this.tail = new LogTail(path, log, paths, new LogStart(store, path, log, paths), kernel);
        this.put = new CommitPut(puts, log, host);
        this.checkpoints = new CheckpointWriter(store, puts, path, log, kernel);
        this.cleaner = new LogCleaner(store, host, log);
        this.upkeep = new TableUpkeep(path, checkpoints, cleaner);
        this.search = new DeadFileSearch(store, path, log, kernel, paths);
        this.vacuum = new Vacuum(store, this);
    }

    public String path() {
        return path;
    }

    /// The newest version; empty when there certainly is no table.
    ///
    /// @throws FreshetException (TABLE_UNREADABLE, UNSUPPORTED, LAKE_UNREACHABLE) for anything between
    public Optional<Snapshot> latest() {
        return newestState().map(this::snapshot);
    }

    /// An earlier version, as long as its commits or a checkpoint of it are kept.
    ///
    /// @throws FreshetException (UNKNOWN_ID) naming the versions that are kept, when this is none of them
    public Snapshot at(long version) {
        return snapshot(past.to(version));
    }

    /// The version that was the newest at this time, by the store's times.
    ///
    /// @throws FreshetException (UNKNOWN_ID) naming the oldest version that is kept, when it is younger
    public Snapshot at(Instant time) {
        return snapshot(past.to(time));
    }

    /// Commits what the decider wants at exactly the version after the one it was shown. When another writer
    /// takes that number, the decider is asked again with what is newest then; nothing is ever carried over by
    /// itself.
    public CommitOutcome commit(Decider decider) {
        return commit(decider, bounds.tries());
    }

    /// The same with a bound of its own.
    public CommitOutcome commit(Decider decider, int tries) {
        Backoff backoff = new Backoff(host, tries, bounds.patience());
        do {
            Optional<LogState> newest = newestState();
            switch (decider.decide(newest.map(this::snapshot))) {
                case Decision.Stop stop -> {
                    return stop.outcome();
                }
                case Decision.Write write -> {
                    Optional<CommitOutcome> outcome = attempt(newest, write.change());
                    while (outcome.isEmpty() && !host.keeps(Guard.EXACT_VERSION)) {
                        outcome = attempt(newestState(), write.change());
                    }
                    if (outcome.isPresent()) {
                        return outcome.get();
                    }
                }
            }
        } while (backoff.again());
        return new CommitOutcome.Conflict("table %s: others committed first, %s".formatted(path, backoff.described()));
    }

    /// Empty when somebody else took the number.
    private Optional<CommitOutcome> attempt(Optional<LogState> newest, Change change) {
        Optional<String> lost = newest.flatMap(state -> CommitDraft.lost(state, change));
        if (lost.isPresent()) {
            return Optional.of(new CommitOutcome.Conflict("table " + path + ": " + lost.get()));
        }
        if (change.isReplacement() && !host.keeps(Guard.SINGLE_COMMIT)) {
            return attempt(newest, change.add(List.of()))
                    .flatMap(removed -> removed instanceof CommitOutcome.Committed
                            ? attempt(newestState(), change.remove(List.of()))
                            : Optional.of(removed));
        }
        CommitDraft draft = CommitDraft.of(path, newest, change, host);
        Optional<CommitOutcome> outcome = put.put(draft);
        if (outcome.isEmpty()) {
            LOG.info("table {}: version {} is another writer's; not committed yet", path, draft.version());
        }
        if (outcome.orElse(null) instanceof CommitOutcome.Committed) {
            LogState after = draft.after(path, paths);
            tail.advance(after);
            retention.ifPresent(kept -> upkeep.after(after.version(), after, kept));
        }
        return outcome;
    }

    /// Appends rows that decided nothing, such as events: at whatever version is free. Creates the table if the
    /// change has a shape. The table's columns and partitions must be the change's own.
    ///
    /// @return the version
    /// @throws FreshetException (OUTCOME_UNKNOWN, CONFLICT) when it is not certain that the rows are there once
    public long appendBlindly(Change change) {
        CommitOutcome outcome = commit(newest -> ifYoung(appended(newest, change)));
        return switch (outcome) {
            case CommitOutcome.Committed committed -> committed.version();
            case CommitOutcome.Unknown unknown ->
                throw new FreshetException(ErrorCode.OUTCOME_UNKNOWN, unknown.reason());
            case CommitOutcome.Conflict conflict -> throw new FreshetException(ErrorCode.CONFLICT, conflict.reason());
            case CommitOutcome.Fenced _, CommitOutcome.Adopted _ ->
                throw new AssertionError("a blind append has neither fence nor due time");
        };
    }

    /// Commits the change unless vacuum may have deleted one of its files, which then is a conflict.
    public Decision ifYoung(Change change) {
        return age.fault(path, change)
                .<Decision>map(fault -> new Decision.Stop(new CommitOutcome.Conflict(fault)))
                .orElseGet(() -> new Decision.Write(change));
    }

    /// Only a new table takes the shape: an append never changes the columns under other writers.
    private Change appended(Optional<Snapshot> newest, Change change) {
        if (!(change.removal() instanceof Removal.None)) {
            throw new IllegalArgumentException("an append removes nothing");
        }
        if (newest.isEmpty() || change.shape().isEmpty()) {
            return change;
        }
        TableShape shape = change.shape().get();
        Snapshot snapshot = newest.get();
        if (!shape.schema().holdsSameAs(snapshot.schema())
                || !shape.partitionColumns().equals(snapshot.partitionColumns())) {
            throw new FreshetException(
                    ErrorCode.CONFLICT,
                    "table %s: version %d has other columns than the rows to append"
                            .formatted(path, snapshot.version()));
        }
        return change.withoutShape();
    }

    /// The numbers of a lane in the commits up to the snapshot's and after a version; empty when one of those commits
    /// is not kept any more, so that nobody can tell.
    public Optional<List<Long>> numbers(Snapshot snapshot, String lane, long after) {
        List<Long> numbers = new ArrayList<>();
        for (long version = after + 1; version <= snapshot.version(); version++) {
            Optional<CommitFile> commit = log.find(version);
            if (commit.isEmpty()) {
                return Optional.empty();
            }
            commit.get().actions().stream()
                    .map(action -> action.path("txn"))
                    .filter(txn -> txn.path("appId").asText().equals(lane))
                    .forEach(txn -> numbers.add(txn.path("version").asLong()));
        }
        return Optional.of(List.copyOf(numbers));
    }

    /// Where the store has the files with which one commit added rows; not those that only hold old rows anew. Empty
    /// when the log does not hold that commit any more.
    public Optional<List<String>> rowsAddedBy(long version) {
        return log.find(version).map(commit -> keys(commit.newRowsPaths()));
    }

    /// Where the store has the files that one commit added; empty when the log does not hold that commit any more.
    public Optional<List<String>> addedBy(long version) {
        return log.find(version).map(commit -> keys(commit.addedPaths()));
    }

    private List<String> keys(Stream<String> added) {
        return added.map(path -> paths.key(paths.path(path))).toList();
    }

    /// What the commits after one version, up to another, did to the rows, in their order. What they took away is
    /// described as the log described it when it was added.
    ///
    /// @param after -1 for all from the first on
    /// @throws FreshetException (UNKNOWN_ID) if one of them is not kept any more
    public List<CommittedChange> changes(long after, long to) {
        List<CommitFile> commits = LongStream.rangeClosed(after + 1, to)
                .mapToObj(version -> log.find(version).orElseThrow(() -> gone(version)))
                .toList();
        boolean needsBase = after >= 0 && commits.stream().anyMatch(CommittedChange::removes);
        return CommittedChange.of(commits, needsBase ? at(after).files() : List.of(), paths);
    }

    private FreshetException gone(long version) {
        return new FreshetException(
                ErrorCode.UNKNOWN_ID,
                "table %s: what version %d changed is not kept any more".formatted(path, version));
    }

    /// The newest version, not above the snapshot's, whose commit changed rows; when that commit is cleaned away,
    /// the oldest version that is kept, which cannot be older.
    public long lastDataChange(Snapshot snapshot) {
        History history = history(snapshot);
        OptionalLong changed = history.lastChange();
        return changed.isPresent()
                ? changed.getAsLong()
                : history.back().mapToLong(CommitFile::version).min().orElse(snapshot.version());
    }

    /// The commits up to the snapshot's, newest first, at most so many and as far as they are kept.
    List<CommitNote> history(Snapshot snapshot, int most) {
        return history(snapshot).back().limit(most).map(CommitFile::note).toList();
    }

    History history(Snapshot snapshot) {
        return new History(log, snapshot.version());
    }

    private Optional<LogState> newestState() {
        try {
            return tail.newest();
        } catch (StoreException e) {
            throw new FreshetException(
                    e.code(), "table %s: its newest version cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    private Snapshot snapshot(LogState state) {
        return new Snapshot(path, paths, state);
    }

    /// Writes the checkpoint and cleans the log when that is due with this version, which was committed a moment ago.
    /// What fails is reported in the log and left to a later version.
    public void upkeep(long version, LogRetention how) {
        tail.known().ifPresent(state -> upkeep.after(version, state, how));
    }

    /// Deletes data files that no version which is kept names and that are at least this old, by the store's times.
    /// Whoever commits to the table must not name a file that is older than half of that. Commits a marker first
    /// if there is anything to delete. What fails is reported in the log.
    public void vacuum(Duration age) {
        upkeep.quietly("its dead files are not all deleted", () -> vacuum.run(age));
    }

    /// What vacuum may delete: data files of this age, by the store's times, that no version names which was the newest
    /// within that age or is still needed. Whoever commits to the table must not name a file that is older than half
    /// of that.
    ///
    /// @param now by the store's clock
    public DeadFiles dead(Duration age, StillNeeded needed, Instant now) {
        return search.find(age, needed, now);
    }

    /// How many versions [#clean] would remove.
    public long cleanable(LogRetention how, StillNeeded needed) {
        return cleaner.removable(how, needed.oldestVersion(path));
    }

    /// Removes the oldest commits of the log now, whether that is due or not, but none that is needed or that a version
    /// within the retention is read from.
    ///
    /// @return how many versions are gone
    public long clean(LogRetention how, StillNeeded needed) {
        return cleaner.clean(how, needed.oldestVersion(path));
    }

    /// The same when nobody needs any.
    void clean(LogRetention how) {
        long _ = clean(how, StillNeeded.nothing());
    }

    /// Writes a checkpoint of a version now, whether one is due or not.
    void checkpoint(long version) {
        checkpoints.write(version);
    }
}
