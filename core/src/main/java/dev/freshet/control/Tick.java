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

/// Decides a [TickPlan] on rows, purely: releases first, then renewals, edits and claims, each on what the former
/// left.
final class Tick {
    private final Moment moment;
    private final Map<String, LeaseOutcome> claims = new LinkedHashMap<>();
    private final Map<String, RenewOutcome> renewals = new LinkedHashMap<>();
    private final Map<String, ReleaseOutcome> releases = new LinkedHashMap<>();
    private final Map<String, EditOutcome> edits = new LinkedHashMap<>();
    private Rows rows;
    private boolean changed;

    private Tick(Rows rows, Moment moment) {
        this.rows = rows;
        this.moment = moment;
    }

    static Tick decide(TickPlan plan, Rows rows, Moment moment) {
        Tick tick = new Tick(rows, moment);
        plan.releases().forEach(tick::release);
        plan.renewals().forEach(tick::renew);
        plan.edits().forEach(tick::edit);
        plan.claims().forEach(tick::claim);
        return tick;
    }

    /// As they are to be written, or as they were when nothing [#changed()].
    Rows rows() {
        return rows;
    }

    boolean changed() {
        return changed;
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
        releases.put(task, settle(release.on(rows.of(task), moment)));
    }

    private void renew(Lease lease) {
        renewals.put(lease.task(), settle(new Renewal(lease).on(rows.of(lease.task()), moment)));
    }

    private void edit(Edit edit) {
        edits.put(edit.task(), settle(edit.on(rows.of(edit.task()), moment)));
    }

    private void claim(Claim claim) {
        claims.put(claim.task(), settle(claim.on(rows.of(claim.task()), moment)));
    }

    private <O> O settle(Verdict<O> verdict) {
        Optional<TaskRow> row = verdict.row();
        if (row.isPresent()) {
            rows = rows.with(List.of(row.get()));
            changed = true;
        }
        return verdict.outcome();
    }
}
