package dev.freshet.control;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Everything that a pod wants of the control table at one moment, done in one commit: first releases, then
/// renewals, edits and claims, each seeing what the former did. At most one of a kind for a task.
///
/// @param claims in the order in which they are wanted; there may be more than places, for others may be faster
/// @param places how many of the claims may be granted
public record TickPlan(List<Claim> claims, int places, List<Lease> renewals, List<Release> releases, List<Edit> edits) {
    public TickPlan {
        claims = List.copyOf(claims);
        renewals = List.copyOf(renewals);
        releases = List.copyOf(releases);
        edits = List.copyOf(edits);
        requireDistinct(claims.stream().map(Claim::task));
        requireDistinct(renewals.stream().map(Lease::task));
        requireDistinct(releases.stream().map(release -> release.lease().task()));
        requireDistinct(edits.stream().map(Edit::task));
    }

    /// With a place for every claim.
    public TickPlan(List<Claim> claims, List<Lease> renewals, List<Release> releases, List<Edit> edits) {
        this(claims, claims.size(), renewals, releases, edits);
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

    private static void requireDistinct(Stream<String> tasks) {
        Set<String> seen = new HashSet<>();
        tasks.filter(task -> !seen.add(task)).findFirst().ifPresent(task -> {
            throw new IllegalArgumentException("'" + task + "' is twice in one plan");
        });
    }
}
