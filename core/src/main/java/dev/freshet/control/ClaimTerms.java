package dev.freshet.control;

import dev.freshet.host.Host;
import java.util.Optional;

/// Decides whether a task may be claimed, and what its row says then. Asked on the newest row, and asked again
/// whenever another commit came first; so it decides from its arguments alone. The control table itself fills in
/// everything that makes the lease: status, pod, token, heartbeat, fence and times of the claim. Which request the
/// claim serves is up to the terms: work that no other process may repeat serves one that was never pending.
@FunctionalInterface
public interface ClaimTerms {
    /// @param newest empty when the task has no row yet
    /// @param reclaim the row's lease has expired: it is taken in any case; when this is empty, as it is and
    ///   serving the request that is pending
    /// @return the row to claim; empty when the task is not due
    Optional<TaskRow> grant(Optional<TaskRow> newest, boolean reclaim);

    /// The plain terms: a task without a row is due; an idle one when its time has come and it is enabled, or when
    /// a request is pending. The due time of a retry stays, any other run takes the next one.
    static ClaimTerms whenDue(String task, Host host) {
        return new WhenDue(task, host);
    }
}
