package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import org.jspecify.annotations.Nullable;

/// Tells who waits in the foreground about the process that holds the task. Confined to one thread.
final class Holder {
    private final Surroundings around;
    private final Wish wish;
    private final boolean wait;
    private @Nullable String told;

    Holder(Surroundings around, Wish wish, boolean wait) {
        this.around = around;
        this.wish = wish;
        this.wait = wait;
    }

    /// Never true: it tells of a new holder once, or throws when nobody wants to wait.
    boolean refuses() {
        TaskRow row = wish.held();
        boolean ours = row != null && around.pod().instanceId().equals(row.instanceId());
        if (row == null || ours || (row.token() != null && row.token().equals(told))) {
            return false;
        }
        if (!wait) {
            throw new FreshetException(
                    ErrorCode.LEASE_HELD,
                    row.task() + " is held by pod " + row.podId() + " since " + row.claimedAt()
                            + "; wait for it, or leave out --no-wait");
        }
        told = row.token();
        around.listener().waiting(row.task(), row.podId(), row.claimedAt());
        return false;
    }
}
