package dev.freshet.control;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// What became of a [TickPlan], by task, in the plan's order.
///
/// @param tries how often it was decided; a pod that needed more than three makes no claims in its next tick
public record TickOutcome(
        Map<String, LeaseOutcome> claims,
        Map<String, RenewOutcome> renewals,
        Map<String, ReleaseOutcome> releases,
        Map<String, EditOutcome> edits,
        int tries) {
    public TickOutcome {
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        renewals = Collections.unmodifiableMap(new LinkedHashMap<>(renewals));
        releases = Collections.unmodifiableMap(new LinkedHashMap<>(releases));
        edits = Collections.unmodifiableMap(new LinkedHashMap<>(edits));
    }

    /// Of a task that the plan claims; so are the other three.
    public LeaseOutcome claim(String task) {
        return Objects.requireNonNull(claims.get(task));
    }

    public RenewOutcome renewal(String task) {
        return Objects.requireNonNull(renewals.get(task));
    }

    public ReleaseOutcome release(String task) {
        return Objects.requireNonNull(releases.get(task));
    }

    public EditOutcome edit(String task) {
        return Objects.requireNonNull(edits.get(task));
    }

    /// False when the store did not say whether the edits arrived.
    public boolean editsApplied() {
        return edits.values().stream().noneMatch(EditOutcome.Unknown.class::isInstance);
    }
}
