package dev.freshet.table;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Guard;
import dev.freshet.host.Host;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a task commits to its target: decided at the last moment, on the newest snapshot, under the task's fence.
/// Losing the lease may waste the work but cannot damage the data. Safe for use by many threads.
public final class FencedWrite {
    /// Data files that no commit named yet are vacuum's prey from this age on, unless told otherwise.
    public static final Duration VACUUM_AGE = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(FencedWrite.class);

    private final Host host;
    private final FileAge age;

    public FencedWrite(Host host) {
        this(host, VACUUM_AGE);
    }

    /// @param vacuumAge how old a file must be to be deleted when no version names it; a commit refuses files of
    ///     half that age
    public FencedWrite(Host host, Duration vacuumAge) {
        this.host = host;
        this.age = new FileAge(host, vacuumAge);
    }

    /// Commits the change with the mark in its domain, unless the newest snapshot forbids it: a higher fence, a
    /// run that is settled already, a position that moved, files too old, or a foreign commit when those are
    /// refused. A run that commits in steps names its due time in the last one only.
    ///
    /// @throws FreshetException (FOREIGN_COMMIT) naming the commit, when the policy refuses it
    public CommitOutcome commit(
            DeltaTable table,
            Mark mark,
            Position startedFrom,
            OnForeignCommit policy,
            Function<Optional<Snapshot>, Change> change) {
        return commitAny(table, mark, startedFrom, policy, change.andThen(Optional::of));
    }

    /// The same for a change that the newest snapshot may have made needless: then it is empty, nothing is written,
    /// and the outcome is a conflict.
    public CommitOutcome commitAny(
            DeltaTable table,
            Mark mark,
            Position startedFrom,
            OnForeignCommit policy,
            Function<Optional<Snapshot>, Optional<Change>> change) {
        CommitOutcome outcome = table.commit(newest -> {
            Optional<CommitOutcome> refusal = newest.isPresent()
                    ? refusal(table, newest.get(), mark, startedFrom, policy)
                    : vanished(table, startedFrom);
            refusal.ifPresent(
                    why -> LOG.warn("{}: run {}: not committed: {}", mark.task(), mark.runId(), inWords(why)));
            return refusal.<Decision>map(Decision.Stop::new)
                    .orElseGet(() -> change.apply(newest)
                            .map(wanted -> write(table, mark, wanted))
                            .orElseGet(() -> new Decision.Stop(
                                    new CommitOutcome.Conflict("table " + table.path() + ": nothing is left to do"))));
        });
        return outcome instanceof CommitOutcome.Unknown ? resolved(table, mark, outcome) : outcome;
    }

    private static String inWords(CommitOutcome refusal) {
        return switch (refusal) {
            case CommitOutcome.Fenced(var theirs) -> "another holder has the fence " + theirs;
            case CommitOutcome.Adopted(var mark, var version) ->
                "run " + mark.runId() + " settled the same in version " + version;
            case CommitOutcome.Conflict(var reason) -> reason;
            case CommitOutcome.Unknown(var reason) -> reason;
            case CommitOutcome.Committed _ -> throw new AssertionError("a commit is no refusal");
        };
    }

    private Optional<CommitOutcome> refusal(
            DeltaTable table, Snapshot newest, Mark mark, Position startedFrom, OnForeignCommit policy) {
        Optional<Mark> theirs = Mark.in(newest, mark.role());
        if (host.keeps(Guard.FENCE)
                && theirs.isPresent()
                && mark.fence().isBelow(theirs.get().fence())) {
            return Optional.of(new CommitOutcome.Fenced(theirs.get().fence()));
        }
        if (host.keeps(Guard.ADOPTION) && theirs.isPresent() && mark.settlesSameAs(theirs.get())) {
            return Optional.of(adopted(table, newest, theirs.get()));
        }
        Position position = theirs.map(Mark::position).orElse(Position.none());
        if (!position.equals(startedFrom)) {
            return Optional.of(new CommitOutcome.Conflict("table %s: the position moved from %s to %s in version %d"
                    .formatted(table.path(), startedFrom.json(), position.json(), newest.version())));
        }
        if (policy == OnForeignCommit.REFUSE) {
            requireOwn(table, newest, mark.role());
        }
        return Optional.empty();
    }

    private static Optional<CommitOutcome> vanished(DeltaTable table, Position startedFrom) {
        return startedFrom.equals(Position.none())
                ? Optional.empty()
                : Optional.of(new CommitOutcome.Conflict("table %s is gone, the work started from position %s"
                        .formatted(table.path(), startedFrom.json())));
    }

    private static CommitOutcome adopted(DeltaTable table, Snapshot newest, Mark found) {
        Settled settled = settled(table, newest, found);
        return new CommitOutcome.Adopted(settled.mark(), settled.version());
    }

    /// What the last commit of a role that did more than raise its fence left in the target; empty if nobody ever
    /// committed in this role.
    public static Optional<Settled> left(DeltaTable table, Snapshot newest, String role) {
        return Mark.in(newest, role).filter(mark -> !mark.runId().isEmpty()).map(mark -> settled(table, newest, mark));
    }

    /// When the settling commit is cleaned away, the mark that is left of it tells all but its fence and version.
    static Settled settled(DeltaTable table, Snapshot newest, Mark found) {
        return newest.domain(Mark.domain(found.role()))
                .flatMap(domain -> table.history(newest).settled(found.role(), domain))
                .orElseGet(() -> new Settled(found, newest.version()));
    }

    private static void requireOwn(DeltaTable table, Snapshot newest, String role) {
        table.history(newest).foreignChange(role).ifPresent(foreign -> {
            throw new FreshetException(
                    ErrorCode.FOREIGN_COMMIT,
                    "table %s: another writer changed its data in %s; set on_foreign_commit to proceed to overwrite that"
                            .formatted(table.path(), foreign));
        });
    }

    private Decision write(DeltaTable table, Mark mark, Change change) {
        return age.fault(table.path(), change)
                .<Decision>map(fault -> new Decision.Stop(new CommitOutcome.Conflict(fault)))
                .orElseGet(() -> decided(change.domain(Mark.domain(mark.role()), mark.json())));
    }

    private Decision decided(Change change) {
        host.reach("before-put");
        return new Decision.Write(change);
    }

    /// The state may tell what the put did not. That the run is not in it proves nothing.
    private static CommitOutcome resolved(DeltaTable table, Mark mark, CommitOutcome unknown) {
        try {
            return table.latest()
                    .filter(newest -> newest.domain(Mark.domain(mark.role())).stream()
                            .anyMatch(text ->
                                    DomainText.withFence(text, mark.fence()).equals(mark.json())))
                    .map(newest -> committed(table, newest, mark))
                    .orElse(unknown);
        } catch (FreshetException _) {
            return unknown;
        }
    }

    private static CommitOutcome committed(DeltaTable table, Snapshot newest, Mark found) {
        long version = settled(table, newest, found).version();
        String id = table.history(newest)
                .back()
                .filter(commit -> commit.version() == version)
                .map(CommitFile::id)
                .findFirst()
                .orElse("");
        return new CommitOutcome.Committed(version, id);
    }

    /// Puts the fence on the table before the work begins, so that a former holder cannot commit any more.
    /// Changes the role's fence and nothing else of its domain: what settled before is still settled, and nothing
    /// new is.
    public RaiseOutcome raise(DeltaTable table, String role, Fence fence, String task) {
        return new Raise(host, table, role, fence, task, false).run();
    }

    /// The same, and a table that is not there is created, without columns, only to carry the fence: or the first
    /// commit of a former holder, still on its way, could create it after everybody had looked.
    public RaiseOutcome raiseOrCreate(DeltaTable table, String role, Fence fence, String task) {
        return new Raise(host, table, role, fence, task, true).run();
    }
}
