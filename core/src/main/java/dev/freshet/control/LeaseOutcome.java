package dev.freshet.control;

import java.time.Instant;

/// What became of a claim.
public sealed interface LeaseOutcome {
    /// The task is this pod's until the lease ends.
    record Granted(Lease lease) implements LeaseOutcome {}

    /// Another claim holds it, and its lease has not been seen to expire.
    ///
    /// @param since by the holder's clock
    record HeldBy(String podId, String instanceId, Instant since) implements LeaseOutcome {}

    /// Nobody holds it, and it is neither due nor requested.
    ///
    /// @param next when it may run, unless it is disabled
    record NotDue(Instant next) implements LeaseOutcome {}

    /// The store did not say whether the claim arrived. It may still arrive; then the row bears this pod's
    /// instance.
    record Unknown(String reason) implements LeaseOutcome {}
}
