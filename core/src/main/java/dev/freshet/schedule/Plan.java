package dev.freshet.schedule;

import dev.freshet.control.Claim;
import dev.freshet.control.ClaimTerms;
import dev.freshet.control.Edit;
import dev.freshet.control.Eviction;
import dev.freshet.control.Lease;
import dev.freshet.control.Release;
import dev.freshet.control.TickPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a process wants of the control table in one tick, as it is put together. Confined to one thread.
final class Plan {
    private int places;
    private int due;
    private final Map<String, Claim> claims = new LinkedHashMap<>();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final List<Lease> renewals = new ArrayList<>();
    private final Map<String, Release> releases = new LinkedHashMap<>();
    private final Map<String, Edit> edits = new LinkedHashMap<>();

    void claim(Job job, ClaimTerms terms) {
        claim(job, terms, null);
    }

    void claim(Job job, ClaimTerms terms, @Nullable Eviction eviction) {
        if (jobs.putIfAbsent(job.task(), job) == null) {
            claims.put(job.task(), new Claim(job.task(), job.lease(), terms, eviction));
        }
    }

    /// Claims that were made before this have a place each; of those that follow, so many may be granted.
    void share(long morePlaces) {
        places = claims.size() + Math.toIntExact(morePlaces);
    }

    /// How many schedules' tasks could be claimed, whether there is a place for them or not.
    void due(int tasks) {
        due = tasks;
    }

    int due() {
        return due;
    }

    boolean claims(String task) {
        return jobs.containsKey(task);
    }

    Job job(String task) {
        return Objects.requireNonNull(jobs.get(task), task);
    }

    void renew(Lease lease) {
        renewals.add(lease);
    }

    void release(Release release) {
        releases.put(release.lease().task(), release);
    }

    boolean releases(String task) {
        return releases.containsKey(task);
    }

    /// A second edit of a task sees what the first one did.
    void edit(Edit edit) {
        edits.merge(edit.task(), edit, Edit::then);
    }

    boolean isEmpty() {
        return claims.isEmpty() && renewals.isEmpty() && releases.isEmpty() && edits.isEmpty();
    }

    TickPlan toTick() {
        return new TickPlan(
                List.copyOf(claims.values()),
                Math.min(places, claims.size()),
                renewals,
                List.copyOf(releases.values()),
                List.copyOf(edits.values()));
    }
}
