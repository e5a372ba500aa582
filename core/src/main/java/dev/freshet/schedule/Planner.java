package dev.freshet.schedule;

import dev.freshet.control.ClaimTerms;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Edit;
import dev.freshet.control.Eviction;
import dev.freshet.control.Lease;
import dev.freshet.control.Release;
import dev.freshet.control.TaskRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides what a process wants of the control table, from the rows that it just read: releases and renewals of
/// what it holds, rows brought in line with their schedules, and claims of what is due, wished for or left by a
/// dead holder. Stateless; the commit decides everything again on the newest rows.
final class Planner {
    /// Takes an expired task only to settle it.
    private static final ClaimTerms SETTLE =
            (newest, reclaim) -> reclaim ? newest.map(Claims::reclaimed) : Optional.empty();

    /// Claims beyond the places, should others have been faster.
    private static final int LEAST_SPARE = 16;
    private static final long ROUGHLY_SECONDS = 10;

    private final Surroundings around;
    private final ControlTable control;
    private final Schedules schedules;

    Planner(Surroundings around, ControlTable control, Schedules schedules) {
        this.around = around;
        this.control = control;
        this.schedules = schedules;
    }

    /// What the runs of this process and those who wait in it want.
    ///
    /// @param roster up to date if there is anything to release
    Plan plan(Map<String, TaskRow> rows, Hands hands, Collection<Wish> wishes, Roster roster) {
        Plan plan = new Plan();
        releases(plan, rows, hands, roster);
        renewals(plan, hands);
        wishes.stream().filter(wish -> wish.running() == null).forEach(wish -> wish(plan, wish, rows, hands));
        plan.share(0);
        return plan;
    }

    private void releases(Plan plan, Map<String, TaskRow> rows, Hands hands, Roster roster) {
        for (Running run : hands.all()) {
            if (run.ending() instanceof Ending.Release(var change, var _)) {
                plan.release(new Release(run.lease(), change));
                if (run.mayHaveChangedTarget()) {
                    requestFollowers(plan, run.job().target().path(), roster);
                }
            }
        }
        Instant now = around.now();
        for (TaskRow stray : hands.strays(rows.values(), around.pod().instanceId())) {
            Lease lease = Lease.stray(stray, around.host().nanos());
            plan.release(new Release(lease, RowAfter.undone(stray, now)));
        }
    }

    /// Asks for whatever is made from that table.
    private void requestFollowers(Plan plan, String table, Roster roster) {
        for (Definition known : roster.definitions()) {
            if (schedules.follows(known.schedule(), table)) {
                roster.current(known)
                        .filter(newest -> newest.schedule().enabled())
                        .filter(newest -> schedules.follows(newest.schedule(), table))
                        .ifPresent(newest -> plan.edit(request(newest)));
            }
        }
    }

    /// Leaves the task alone if it belongs to another schedule.
    private Edit request(Definition definition) {
        String task = schedules.task(definition.schedule());
        RowAlignment alignment = schedules.alignment(task, definition);
        Edit request = Edit.request(task, around.host());
        return new Edit(
                task,
                newest -> alignment
                        .align(newest, around.now())
                        .flatMap(row -> request.change().apply(Optional.of(row))));
    }

    /// When one lease must be renewed, all are, so that they keep in step.
    private void renewals(Plan plan, Hands hands) {
        List<Lease> leases = hands.all().stream()
                .filter(run -> run.isWorking() && run.session().cancellation() == null)
                .map(Running::lease)
                .toList();
        long nanos = around.host().nanos();
        if (leases.stream().anyMatch(lease -> lease.isRenewalDue(nanos))) {
            leases.forEach(plan::renew);
        }
    }

    private void wish(Plan plan, Wish wish, Map<String, TaskRow> rows, Hands hands) {
        follow(wish);
        String task = wish.job().task();
        Optional<TaskRow> row = Optional.ofNullable(rows.get(task));
        Optional<TaskRow> held = row.filter(TaskRow::isProcessing);
        Eviction eviction = wish.eviction();
        if (eviction != null) {
            boolean moot =
                    held.filter(holder -> holder.isHeldBy(eviction.token())).isEmpty();
            if (moot) {
                wish.moot();
            } else if (!hands.holds(task)) {
                plan.claim(wish.job(), wish.terms(), eviction);
            }
            return;
        }
        if (hands.holds(task) || held.filter(holder -> !control.expired(holder)).isPresent()) {
            wish.held(row.orElse(null));
            return;
        }
        wish.held(null);
        if (held.isPresent() && wish.job().schedule() == null) {
            held.flatMap(schedules::settling).ifPresent(job -> plan.claim(job, SETTLE));
        } else if (wish.terms().grant(row, held.isPresent()).isPresent()) {
            plan.claim(wish.job(), wish.terms());
        }
    }

    /// Who waits wants what the schedule says when it is claimed.
    private void follow(Wish wish) {
        Schedule wanted = wish.job().schedule();
        if (wanted == null || wish.eviction() != null) {
            return;
        }
        schedules
                .definition(wanted.id())
                .filter(newest -> newest.schedule().version() > wanted.version())
                .filter(newest ->
                        schedules.task(newest.schedule()).equals(wish.job().task()))
                .ifPresent(newest ->
                        wish.changed(job(newest), schedules.terms(wish.job().task(), newest)));
    }

    /// What the schedules want. Others may be faster, so more is claimed than there are places; so many are granted.
    ///
    /// @param places how many more schedules may run here
    void addScheduled(Plan plan, Map<String, TaskRow> rows, Roster roster, Hands hands, long places) {
        List<Candidate> candidates = new ArrayList<>();
        for (Definition definition : roster.definitions()) {
            candidate(plan, rows, definition, roster, hands).ifPresent(candidates::add);
        }
        Set<String> tasks = new HashSet<>();
        candidates.forEach(candidate -> tasks.add(candidate.job().task()));
        for (TaskRow row : rows.values()) {
            if (!tasks.contains(row.task())) {
                orphan(row).ifPresent(candidates::add);
            }
            if (places > 0 && !row.isProcessing() && isOwnerGone(row, roster)) {
                withdrawn(plan, row).ifPresent(candidates::add);
            }
        }
        candidates.removeIf(candidate -> plan.claims(candidate.job().task()));
        Collections.shuffle(candidates, around.host().random());
        candidates.sort(Comparator.comparing(Candidate::since));
        plan.due(candidates.size());
        plan.share(places);
        candidates.stream()
                .limit(places == 0 ? 0 : places + Math.max(places, LEAST_SPARE))
                .flatMap(candidate -> current(plan, rows, candidate, roster, hands).stream())
                .forEach(candidate -> plan.claim(candidate.job(), candidate.terms()));
    }

    private Optional<Candidate> candidate(
            Plan plan, Map<String, TaskRow> rows, Definition definition, Roster roster, Hands hands) {
        String task = schedules.task(definition.schedule());
        Optional<TaskRow> row = Optional.ofNullable(rows.get(task));
        if (hands.holds(task) || isHeld(row)) {
            return Optional.empty();
        }
        ClaimTerms terms = schedules.terms(task, definition);
        if (terms.grant(row, row.filter(TaskRow::isProcessing).isPresent()).isPresent()) {
            return Optional.of(new Candidate(job(definition), terms, since(row), definition));
        }
        if (isOutOfLine(task, definition, row)) {
            roster.current(definition)
                    .filter(newest -> isOutOfLine(task, newest, row))
                    .map(newest -> schedules.alignment(task, newest))
                    .ifPresent(alignment -> plan.edit(new Edit(task, newest -> alignment.align(newest, around.now()))));
        }
        return Optional.empty();
    }

    private boolean isHeld(Optional<TaskRow> row) {
        return row.filter(TaskRow::isProcessing)
                .filter(holder -> !control.expired(holder))
                .isPresent();
    }

    private boolean isOutOfLine(String task, Definition definition, Optional<TaskRow> row) {
        return schedules.task(definition.schedule()).equals(task)
                && !schedules
                        .alignment(task, definition)
                        .align(row, around.now())
                        .equals(row);
    }

    /// The candidate if its schedule still says so, else what it says now.
    private Optional<Candidate> current(
            Plan plan, Map<String, TaskRow> rows, Candidate candidate, Roster roster, Hands hands) {
        Definition definition = candidate.definition();
        if (definition == null) {
            return Optional.of(candidate);
        }
        Optional<Definition> newest = roster.current(definition);
        return newest.filter(definition::equals).isPresent()
                ? Optional.of(candidate)
                : newest.flatMap(changed -> candidate(plan, rows, changed, roster, hands));
    }

    private Job job(Definition definition) {
        return Job.scheduled(definition.schedule(), schedules.kind(definition.schedule()));
    }

    /// A dead holder's task that no schedule claims: one-shot work, or its schedule is gone.
    private Optional<Candidate> orphan(TaskRow row) {
        return row.isProcessing() && control.expired(row)
                ? schedules.settling(row).map(job -> new Candidate(job, SETTLE, roughly(row.claimedAt()), null))
                : Optional.empty();
    }

    private boolean isOwnerGone(TaskRow row, Roster roster) {
        String owner = row.scheduleId();
        return owner != null && !roster.owns(owner, row.task()) && !schedules.owns(owner, row.task());
    }

    /// What a deleted schedule left undone is skipped; then its task is free.
    private Optional<Candidate> withdrawn(Plan plan, TaskRow row) {
        Optional<Trigger> trigger = schedules.lastKnown(row).map(Schedule::trigger);
        if (trigger.isPresent() && Withdrawal.isPending(row, around.now())) {
            ClaimTerms terms = (newest, reclaim) -> reclaim
                    ? newest.map(Claims::reclaimed)
                    : newest.flatMap(found -> Withdrawal.claim(found, trigger.get(), around.now()));
            return schedules.settling(row).map(job -> new Candidate(job, terms, roughly(row.readyAt()), null));
        }
        plan.edit(new Edit(
                row.task(),
                newest -> newest.filter(found -> !found.isProcessing()
                                && row.scheduleId() != null
                                && row.scheduleId().equals(found.scheduleId()))
                        .map(Withdrawal::freed)));
        return Optional.empty();
    }

    /// Since when the task waits: a request may come before the task is due.
    private static Instant since(Optional<TaskRow> row) {
        Instant ready = row.map(TaskRow::readyAt).orElse(Instant.EPOCH);
        Instant requested = row.map(TaskRow::requestedAt).orElse(ready);
        return roughly(requested.isBefore(ready) ? requested : ready);
    }

    private static Instant roughly(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond() / ROUGHLY_SECONDS * ROUGHLY_SECONDS);
    }

    /// What may be claimed. The longest waiting comes first; within some seconds the order is random, or processes
    /// that look at the same time would all reach for the same task.
    private record Candidate(
            Job job,
            ClaimTerms terms,
            Instant since,
            @Nullable Definition definition) {}
}
