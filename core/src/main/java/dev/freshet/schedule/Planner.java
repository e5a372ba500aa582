package dev.freshet.schedule;

import dev.freshet.control.ClaimTerms;
import dev.freshet.control.ControlTable;
import dev.freshet.control.Edit;
import dev.freshet.control.Eviction;
import dev.freshet.control.Lease;
import dev.freshet.control.Release;
import dev.freshet.control.TaskRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides what a process wants of the control table, from the rows that it just read: releases and renewals of
/// what it holds, rows brought in line with their schedules, and claims of what is due, wished for or left by a
/// dead holder. Stateless; the commit decides everything again on the newest rows.
final class Planner {
    /// Takes an expired task only to settle it.
    private static final ClaimTerms SETTLE =
            (newest, reclaim) -> reclaim ? newest.map(Claims::reclaimed) : Optional.empty();

    private final Surroundings around;
    private final ControlTable control;
    private final Schedules schedules;

    Planner(Surroundings around, ControlTable control, Schedules schedules) {
        this.around = around;
        this.control = control;
        this.schedules = schedules;
    }

    /// @param places how many more schedules may run here
    Plan plan(
            Map<String, TaskRow> rows,
            List<Definition> definitions,
            Hands hands,
            Collection<Wish> wishes,
            long places) {
        Plan plan = new Plan();
        releases(plan, rows, hands);
        renewals(plan, hands);
        wishes.stream().filter(wish -> wish.running() == null).forEach(wish -> wish(plan, wish, rows, hands));
        scheduled(plan, rows, definitions, hands, places);
        return plan;
    }

    private void releases(Plan plan, Map<String, TaskRow> rows, Hands hands) {
        for (Running run : hands.all()) {
            if (run.ending() instanceof Ending.Release(var change, var _)) {
                plan.release(new Release(run.lease(), change));
            }
        }
        Instant now = around.now();
        for (TaskRow stray : hands.strays(rows.values(), around.pod().instanceId())) {
            Lease lease = Lease.stray(stray, around.host().nanos());
            plan.release(new Release(lease, RowAfter.undone(stray, now)));
        }
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

    private void scheduled(
            Plan plan, Map<String, TaskRow> rows, List<Definition> definitions, Hands hands, long places) {
        List<Candidate> candidates = new ArrayList<>();
        for (Definition definition : definitions) {
            candidate(plan, rows, definition, hands).ifPresent(candidates::add);
        }
        for (TaskRow row : rows.values()) {
            orphan(row, candidates).ifPresent(candidates::add);
            if (places > 0 && !row.isProcessing() && isOwnerGone(row, definitions)) {
                withdrawn(plan, row).ifPresent(candidates::add);
            }
        }
        Collections.shuffle(candidates, around.host().random());
        candidates.stream()
                .sorted(Comparator.comparing(Candidate::since))
                .filter(candidate -> !plan.claims(candidate.job().task()))
                .limit(Math.max(0, places))
                .forEach(candidate -> plan.claim(candidate.job(), candidate.terms()));
    }

    private Optional<Candidate> candidate(Plan plan, Map<String, TaskRow> rows, Definition definition, Hands hands) {
        Schedule schedule = definition.schedule();
        String task = schedules.task(schedule);
        Optional<TaskRow> row = Optional.ofNullable(rows.get(task));
        Optional<TaskRow> held = row.filter(TaskRow::isProcessing);
        if (hands.holds(task) || held.filter(holder -> !control.expired(holder)).isPresent()) {
            return Optional.empty();
        }
        RowAlignment alignment = schedules.alignment(task, definition);
        ScheduleTerms terms = new ScheduleTerms(alignment, around.host());
        if (terms.grant(row, held.isPresent()).isPresent()) {
            Instant since = row.map(TaskRow::readyAt).orElse(Instant.EPOCH);
            return Optional.of(new Candidate(Job.scheduled(schedule, schedules.kind(schedule)), terms, minute(since)));
        }
        if (!alignment.align(row, around.now()).equals(row)) {
            plan.edit(new Edit(task, newest -> alignment.align(newest, around.now())));
        }
        return Optional.empty();
    }

    /// A dead holder's task that no schedule claims: one-shot work, or its schedule is gone.
    private Optional<Candidate> orphan(TaskRow row, List<Candidate> candidates) {
        boolean settled = !row.isProcessing()
                || !control.expired(row)
                || candidates.stream()
                        .anyMatch(candidate -> candidate.job().task().equals(row.task()));
        return settled
                ? Optional.empty()
                : schedules.settling(row).map(job -> new Candidate(job, SETTLE, minute(row.claimedAt())));
    }

    private boolean isOwnerGone(TaskRow row, List<Definition> definitions) {
        String owner = row.scheduleId();
        return owner != null
                && definitions.stream()
                        .noneMatch(known -> known.schedule().id().equals(owner)
                                && schedules.task(known.schedule()).equals(row.task()))
                && !schedules.owns(owner, row.task());
    }

    /// What a deleted schedule left undone is skipped; then its task is free.
    private Optional<Candidate> withdrawn(Plan plan, TaskRow row) {
        Optional<Trigger> trigger = schedules.lastKnown(row).map(Schedule::trigger);
        if (trigger.isPresent() && Withdrawal.isPending(row, around.now())) {
            ClaimTerms terms = (newest, reclaim) -> reclaim
                    ? newest.map(Claims::reclaimed)
                    : newest.flatMap(found -> Withdrawal.claim(found, trigger.get(), around.now()));
            return schedules.settling(row).map(job -> new Candidate(job, terms, minute(row.readyAt())));
        }
        plan.edit(new Edit(
                row.task(),
                newest -> newest.filter(found -> !found.isProcessing()
                                && row.scheduleId() != null
                                && row.scheduleId().equals(found.scheduleId()))
                        .map(Withdrawal::freed)));
        return Optional.empty();
    }

    private static Instant minute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES);
    }

    /// What may be claimed. The longest waiting comes first; within a minute the order is random, or processes that
    /// look at the same time would all reach for the same task.
    private record Candidate(Job job, ClaimTerms terms, Instant since) {}
}
