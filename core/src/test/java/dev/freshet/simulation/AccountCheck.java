package dev.freshet.simulation;

import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The accounts of one task: every run is in the ledger, every commit has its record, every due time was run,
/// skipped or missed once, and no lease was released before its work had ended.
final class AccountCheck {
    private final String task;
    private final List<TargetCommit> commits;
    private final List<RunRecord> records;
    private final List<ControlVersion> control;
    private final Journal journal;
    private final Duration kept;
    private final List<String> violations;
    private final Map<String, ControlRow> claims = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();
    /// Claims of a chain of deaths so long that the history in which the next holder would find them was cleaned.
    private final Set<String> forgotten = new HashSet<>();
    private final TreeSet<Instant> seen = new TreeSet<>();
    private @Nullable ControlRow last;

    AccountCheck(
            String task,
            List<TargetCommit> commits,
            List<RunRecord> records,
            List<ControlVersion> control,
            Journal journal,
            Duration kept,
            List<String> violations) {
        this.task = task;
        this.commits = commits;
        this.records = records;
        this.control = control;
        this.journal = journal;
        this.kept = kept;
        this.violations = violations;
    }

    void run() {
        walk();
        runsAreRecorded();
        commitsAreRecorded();
        dueTimesAreAccountedFor();
        rhythmsHaveNoGap();
    }

    private void walk() {
        Map<String, Long> unsettled = new LinkedHashMap<>();
        for (ControlVersion version : control) {
            ControlRow row = version.rows().get(task);
            if (row == null) {
                continue;
            }
            if (row.processing() && row.token() != null && claims.putIfAbsent(row.token(), row) == null) {
                unsettled.put(row.token(), version.nanos());
                movesForward(row, version);
            }
            unsettled.forEach((token, nanos) -> {
                if (version.nanos() - nanos > kept.toNanos()) {
                    forgotten.add(token);
                }
            });
            if (!row.processing()) {
                unsettled.clear();
            }
            if (last != null && last.processing() && last.token() != null) {
                if (!Objects.equals(last.token(), row.token())) {
                    taken.add(last.token());
                } else if (!row.processing()) {
                    released(last.token(), version);
                }
            }
            last = row;
        }
    }

    /// A claim takes up due times after all those that were taken up before, or goes on with the last.
    private void movesForward(ControlRow claim, ControlVersion version) {
        for (@Nullable Instant due : new @Nullable Instant[] {claim.missedFrom(), claim.missedTo(), claim.dueAt()}) {
            if (due == null || seen.contains(due)) {
                continue;
            }
            if (!seen.isEmpty() && due.isBefore(seen.last())) {
                violations.add(task + ": version " + version.version() + " goes back to the due time " + due + " after "
                        + seen.last());
            }
            seen.add(due);
        }
    }

    private void released(String token, ControlVersion version) {
        boolean works = journal.runs().stream().anyMatch(run -> run.runId().equals(token));
        if (works && !journal.hasEnded(token, version.nanos())) {
            violations.add(task + ": version " + version.version() + " released " + token + " while it was at work");
        }
    }

    private void runsAreRecorded() {
        Set<String> owed = new TreeSet<>(taken);
        journal.runs().stream().filter(run -> run.task().equals(task)).forEach(run -> owed.add(run.runId()));
        for (String token : owed) {
            ControlRow claim = claims.get(token);
            boolean told = !forgotten.contains(token);
            if (told && claim != null && claim.hasWork() && !isRecorded(token, claim)) {
                violations.add(task + ": the run " + token + " is not in the ledger");
            }
        }
    }

    /// Work that an earlier holder had settled is adopted, and then the record is that holder's.
    private boolean isRecorded(String token, ControlRow claim) {
        return records.stream()
                        .anyMatch(run ->
                                run.runId().equals(token) && run.outcome().ran())
                || records.stream()
                        .filter(run -> run.settled() && run.outcome().ran())
                        .filter(run -> claim.fence() != null && run.fence().compareTo(claim.fence()) <= 0)
                        .anyMatch(run -> isFor(run.dueAt(), claim.dueInProgress())
                                || isFor(run.requestedAt(), claim.servingRequest()));
    }

    private static boolean isFor(@Nullable Instant recorded, @Nullable Instant claimed) {
        return recorded != null && recorded.equals(claimed);
    }

    private void commitsAreRecorded() {
        for (TargetCommit commit : commits) {
            boolean recorded = records.stream()
                    .anyMatch(run -> run.runId().equals(commit.runId()) && run.outcome() == Outcome.SUCCEEDED);
            if (!commit.raise() && !recorded) {
                violations.add(task + ": target version " + commit.version() + " is of " + commit.runId()
                        + ", which no record says has succeeded");
            }
        }
        Set<String> committed = new HashSet<>();
        commits.forEach(commit -> committed.add(commit.runId()));
        records.stream()
                .filter(run -> run.version() != null && !committed.contains(run.runId()))
                .forEach(run -> violations.add(task + ": the record of " + run.runId() + " names version "
                        + run.version() + ", which is not its own"));
    }

    private void dueTimesAreAccountedFor() {
        for (ControlRow claim : claims.values()) {
            Instant due = claim.dueAt();
            if (due != null && !isSettled(due) && !isPending(due)) {
                violations.add(task + ": the due time " + due + " was claimed and is nowhere accounted for");
            }
            Instant missed = claim.missedFrom();
            if (missed != null && !isSettled(missed) && !isPending(missed)) {
                violations.add(task + ": the due times from " + missed + " were passed over and are nowhere");
            }
        }
    }

    private boolean isSettled(Instant due) {
        return records.stream()
                .anyMatch(run -> run.outcome().ran() ? run.settled() && due.equals(run.dueAt()) : isWithin(due, run));
    }

    private static boolean isWithin(Instant due, RunRecord range) {
        return range.missedFrom() != null
                && range.missedTo() != null
                && !due.isBefore(range.missedFrom())
                && !due.isAfter(range.missedTo());
    }

    private boolean isPending(Instant due) {
        return last != null
                && (due.equals(last.dueAt())
                        || due.equals(last.missedFrom())
                        || !last.nextRunAt().isAfter(due));
    }

    /// Of a trigger with a rhythm the due times follow one another without a gap, each once. A change of the definition
    /// begins another rhythm.
    private void rhythmsHaveNoGap() {
        Optional<Duration> every = Operator.rhythm(task);
        if (every.isEmpty()) {
            return;
        }
        long step = every.get().toNanos() / 1000;
        Map<Long, List<Long>> rhythms = new TreeMap<>();
        for (RunRecord run : records) {
            for (long due : dueTimes(run, step)) {
                rhythms.computeIfAbsent(Math.floorMod(due, step), _ -> new ArrayList<>())
                        .add(due);
            }
        }
        rhythms.values().forEach(times -> noGap(times.stream().sorted().toList(), step));
    }

    private void noGap(List<Long> times, long step) {
        for (int i = 1; i < times.size(); i++) {
            long distance = times.get(i) - times.get(i - 1);
            if (distance != step) {
                violations.add(task + ": after the due time " + instant(times.get(i - 1))
                        + " the next one in the ledger is " + instant(times.get(i)));
            }
        }
    }

    private List<Long> dueTimes(RunRecord run, long step) {
        List<Long> times = new ArrayList<>();
        if ("superseded".equals(run.reason())) {
            return times;
        }
        if (run.outcome().ran()) {
            if (run.settled() && run.dueAt() != null) {
                times.add(micros(run.dueAt()));
            }
            return times;
        }
        for (long due = micros(run.missedFrom()); due <= micros(run.missedTo()); due += step) {
            times.add(due);
        }
        if (times.size() != run.count()) {
            violations.add(task + ": the range from " + run.missedFrom() + " to " + run.missedTo() + " says it has "
                    + run.count() + " due times and has " + times.size());
        }
        return times;
    }

    private static long micros(@Nullable Instant time) {
        Instant known = Objects.requireNonNull(time);
        return known.getEpochSecond() * 1_000_000 + known.getNano() / 1000;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
