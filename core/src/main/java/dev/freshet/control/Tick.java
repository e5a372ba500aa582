package dev.freshet.control;

import dev.freshet.control.EditOutcome.Edited;
import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.ReleaseOutcome.Released;
import dev.freshet.control.RenewOutcome.Renewed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides a [TickPlan] on rows, purely: releases first, then renewals, edits and claims, each on what the former
/// left.
final class Tick {
    private final Moment moment;
    private final Map<String, LeaseOutcome> claims = new LinkedHashMap<>();
    private final Map<String, RenewOutcome> renewals = new LinkedHashMap<>();
    private final Map<String, ReleaseOutcome> releases = new LinkedHashMap<>();
    private final Map<String, EditOutcome> edits = new LinkedHashMap<>();
    private final Rows before;
    private final Map<String, TaskRow> changes = new LinkedHashMap<>();
    private int places;
    private @Nullable Rows after;

    private Tick(Rows before, Moment moment, int places) {
        this.before = before;
        this.moment = moment;
        this.places = places;
    }

    static Tick decide(TickPlan plan, Rows rows, Moment moment) {
        Tick tick = new Tick(rows, moment, plan.places());
        plan.releases().forEach(tick::release);
        plan.renewals().forEach(tick::renew);
        plan.edits().forEach(tick::edit);
        plan.claims().forEach(tick::claim);
        return tick;
    }

    /// As they are to be written, or as they were when nothing [#changed()].
    Rows rows() {
        if (after == null) {
            after = changed() ? before.with(changes.values()) : before;
        }
        return after;
    }

    boolean changed() {
        return !changes.isEmpty();
    }

    TickOutcome outcome(int tries) {
        return new TickOutcome(claims, renewals, releases, edits, tries);
    }

    /// What is known when the store did not say whether the rows were written: refusals stand, successes do not.
    TickOutcome unknown(String reason, int tries) {
        claims.replaceAll((_, o) -> o instanceof Granted ? new LeaseOutcome.Unknown(reason) : o);
        renewals.replaceAll((_, o) -> o instanceof Renewed ? new RenewOutcome.Unknown(reason) : o);
        releases.replaceAll((_, o) -> o instanceof Released ? new ReleaseOutcome.Unknown(reason) : o);
        edits.replaceAll((_, o) -> o instanceof Edited ? new EditOutcome.Unknown(reason) : o);
        return outcome(tries);
    }

    List<Lease> reclaimed() {
        List<Lease> reclaimed = new ArrayList<>();
        for (LeaseOutcome outcome : claims.values()) {
            if (outcome instanceof Granted(var lease) && lease.reclaimed()) {
                reclaimed.add(lease);
            }
        }
        return reclaimed;
    }

    private void release(Release release) {
        String task = release.lease().task();
        releases.put(task, settle(release.on(row(task), moment)));
    }

    private void renew(Lease lease) {
        renewals.put(lease.task(), settle(new Renewal(lease).on(row(lease.task()), moment)));
    }

    private void edit(Edit edit) {
        edits.put(edit.task(), settle(edit.on(row(edit.task()), moment)));
    }

    /// What is beyond the places is left alone, and has no outcome.
    private void claim(Claim claim) {
        if (places > 0) {
            LeaseOutcome outcome = settle(claim.on(row(claim.task()), moment));
            claims.put(claim.task(), outcome);
            places -= outcome instanceof Granted ? 1 : 0;
        }
    }

    private Optional<TaskRow> row(String task) {
        TaskRow changed = changes.get(task);
        return changed == null ? before.of(task) : Optional.of(changed);
    }

    private <O> O settle(Verdict<O> verdict) {
        verdict.row().ifPresent(row -> changes.put(row.task(), row));
        return verdict.outcome();
    }
}
