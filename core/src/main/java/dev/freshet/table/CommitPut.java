package dev.freshet.table;

import dev.freshet.host.Guard;
import dev.freshet.host.Host;
import dev.freshet.store.Puts;
import dev.freshet.store.StoreException;
import java.util.Optional;

/// Puts a commit, once, and finds out whether it stands.
final class CommitPut {
    private final Puts puts;
    private final TableLog log;
    private final Host host;

    CommitPut(Puts puts, TableLog log, Host host) {
        this.puts = puts;
        this.log = log;
        this.host = host;
    }

    /// Empty when another writer has the number.
    Optional<CommitOutcome> put(CommitDraft draft) {
        String key = log.commitKey(draft.version());
        return switch (puts.put(key, draft.bytes())) {
            case EXISTS -> Optional.empty();
            case CREATED -> Optional.of(checked(key, draft));
            case UNKNOWN -> Optional.of(new CommitOutcome.Unknown("the store did not say whether it has " + key));
        };
    }

    /// An interrupt waits: a store call that it cut short would leave a commit in doubt that is none.
    private CommitOutcome checked(String key, CommitDraft draft) {
        boolean interrupted = Thread.interrupted();
        try {
            return stands(draft)
                    ? new CommitOutcome.Committed(draft.version(), draft.id())
                    : new CommitOutcome.Unknown(
                            key + " was written after the log had been cleaned beyond it; only the state can tell");
        } catch (StoreException e) {
            return new CommitOutcome.Unknown(key + " was written but not confirmed: " + e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Numbers are cleaned in ascending order and only below a checkpoint. So ours was never cleaned before if
    /// the one below it still is the commit that we read, or if no checkpoint is at it or above it.
    private boolean stands(CommitDraft draft) {
        if (!host.keeps(Guard.BASE_STANDS)) {
            return true;
        }
        CommitPoint base = draft.base().point();
        return base.hasCommit() ? log.holds(base) : !log.hasCheckpointFrom(draft.version());
    }
}
