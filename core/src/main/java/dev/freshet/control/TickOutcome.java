package dev.freshet.control;

import java.util.Map;

/// What became of a [TickPlan], by task.
///
/// @param tries how often it was decided; a pod that needed more than three makes no claims in its next tick
public record TickOutcome(
        Map<String, LeaseOutcome> claims,
        Map<String, RenewOutcome> renewals,
        Map<String, ReleaseOutcome> releases,
        Map<String, EditOutcome> edits,
        int tries) {
    public TickOutcome {
        claims = Map.copyOf(claims);
        renewals = Map.copyOf(renewals);
        releases = Map.copyOf(releases);
        edits = Map.copyOf(edits);
    }

    /// False when the store did not say whether the edits arrived.
    public boolean editsApplied() {
        return edits.values().stream().noneMatch(EditOutcome.Unknown.class::isInstance);
    }
}
