package dev.freshet.control;

import java.util.List;

/// Everything that a pod wants of the control table at one moment, done in one commit: first releases, then
/// renewals, edits and claims, each seeing what the former did. At most one of a kind for a task.
public record TickPlan(List<Claim> claims, List<Lease> renewals, List<Release> releases, List<Edit> edits) {
    public TickPlan {
        claims = List.copyOf(claims);
        renewals = List.copyOf(renewals);
        releases = List.copyOf(releases);
        edits = List.copyOf(edits);
    }

    public static TickPlan claim(Claim claim) {
        return new TickPlan(List.of(claim), List.of(), List.of(), List.of());
    }

    public static TickPlan renew(Lease lease) {
        return new TickPlan(List.of(), List.of(lease), List.of(), List.of());
    }

    public static TickPlan release(Release release) {
        return new TickPlan(List.of(), List.of(), List.of(release), List.of());
    }

    public static TickPlan edit(Edit edit) {
        return new TickPlan(List.of(), List.of(), List.of(), List.of(edit));
    }
}
