package dev.freshet.rollup;

import dev.freshet.table.CommittedChange;
import dev.freshet.table.TimeBounds;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The next version to bring a rollup to, and what changed on the way there. A removal by retention is a way of its
/// own:
/// what changed before it is rolled up first, as of the version before it, for afterwards those facts are gone.
///
/// @param changes for a backfill none, since everything is computed again
/// @param retainedFrom what retention left, where it removed something on the way
record Goal(Pass pass, List<CommittedChange> changes, Optional<Instant> retainedFrom) {
    /// Behind what is processed.
    static Goal after(RollupState state, RollupRun.Look look, Safeguards safeguards) {
        long newest = look.newest().version();
        List<CommittedChange> changes = look.facts().changes(state.processedVersion(), newest);
        long target = target(changes, newest, safeguards);
        Instant asOf = target == newest ? look.asOf() : state.watermark();
        Pass pass = new Pass(false, target, asOf, state.floor(), Buckets.FIRST, 0);
        return of(pass, upTo(changes, target), look, safeguards);
    }

    /// The rest of a pass.
    static Goal resumed(RollupState state, Pass pass, RollupRun.Look look, Safeguards safeguards) {
        return pass.backfill()
                ? new Goal(pass, List.of(), Optional.empty())
                : of(pass, look.facts().changes(state.processedVersion(), pass.version()), look, safeguards);
    }

    private static Goal of(Pass pass, List<CommittedChange> changes, RollupRun.Look look, Safeguards safeguards) {
        Optional<Instant> retained = changes.stream()
                .filter(change -> isRetention(change, safeguards))
                .map(change -> change.retainedFrom()
                        .orElseGet(() -> removedUpTo(change, look.facts().time())))
                .reduce((_, later) -> later);
        return new Goal(pass, changes, retained);
    }

    /// Behind the last fact that was removed, by a commit that does not say it, but never in its future.
    private static Instant removedUpTo(CommittedChange change, String time) {
        return change.removed().stream()
                .flatMap(file -> file.times(time).map(TimeBounds::last).stream())
                .filter(last -> last.isBefore(change.timestamp()))
                .max(Comparator.naturalOrder())
                .orElse(change.timestamp());
    }

    private static boolean isRetention(CommittedChange change, Safeguards safeguards) {
        return change.isRetention() && safeguards.keeps(Safeguard.RETENTION_MOVES_THE_FLOOR);
    }

    private static long target(List<CommittedChange> changes, long newest, Safeguards safeguards) {
        boolean rowsBefore = false;
        for (CommittedChange change : changes) {
            if (isRetention(change, safeguards)) {
                return rowsBefore ? change.version() - 1 : change.version();
            }
            rowsBefore |= change.changesRows();
        }
        return newest;
    }

    private static List<CommittedChange> upTo(List<CommittedChange> changes, long version) {
        return changes.stream().filter(change -> change.version() <= version).toList();
    }
}
