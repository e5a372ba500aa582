package dev.freshet.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the ledger's records are to be read: a run counts once however often it was recorded, and of the records that
/// account for one due time, be they runs or ranges, the one with the highest fence counts. A range is superseded as
/// soon as its first due time is, for whoever came later went on from there.
final class LedgerView {
    static final String SUPERSEDED = "superseded";

    private static final Comparator<RunRecord> ORDER = Comparator.comparing(RunRecord::finishedAt)
            .thenComparing(RunRecord::fence)
            .thenComparing(run -> run.outcome().ran() ? 1 : 0);

    /// Of two records of one run the one that says more; of two ranges the one of the later holder. The time only
    /// chooses between records that say the same, whatever their order.
    private static final Comparator<RunRecord> BETTER = Comparator.comparingInt(LedgerView::rank)
            .thenComparing(RunRecord::fence)
            .thenComparing(RunRecord::adopted)
            .thenComparing(RunRecord::finishedAt);

    private LedgerView() {}

    static List<RunRecord> of(List<RunRecord> records) {
        List<RunRecord> once = new ArrayList<>(once(records));
        Map<Settles, RunRecord> winners = winners(once);
        Map<String, List<RunRecord>> ranges =
                once.stream().filter(run -> !run.outcome().ran()).collect(Collectors.groupingBy(RunRecord::task));
        once.replaceAll(run -> isSuperseded(run, winners, ranges.getOrDefault(run.task(), List.of()))
                ? run.withReason(SUPERSEDED)
                : run);
        return once.stream().sorted(ORDER).toList();
    }

    /// A range is known by its first due time, because every process that records it begins there.
    private static Collection<RunRecord> once(List<RunRecord> records) {
        Map<List<@Nullable Object>, RunRecord> best = new LinkedHashMap<>();
        for (RunRecord run : records) {
            best.merge(key(run), run, (a, b) -> BETTER.compare(b, a) > 0 ? b : a);
        }
        return best.values();
    }

    private static List<@Nullable Object> key(RunRecord run) {
        return run.outcome().ran()
                ? List.of(run.task(), run.runId())
                : List.of(run.task(), Objects.requireNonNullElse(run.missedFrom(), ""));
    }

    private static int rank(RunRecord run) {
        int adopted = run.adopted() ? 1 : 0;
        return switch (run.outcome()) {
            case SUCCEEDED -> 6 + adopted;
            case UNCHANGED -> 4 + adopted;
            case FAILED -> 2 + adopted;
            case LOST -> 1;
            case SKIPPED, MISSED -> 0;
        };
    }

    private static Map<Settles, RunRecord> winners(List<RunRecord> once) {
        Map<Settles, RunRecord> winners = new LinkedHashMap<>();
        for (RunRecord run : once) {
            Settles settles = Settles.of(run);
            if (settles != null) {
                winners.merge(settles, run, (a, b) -> b.fence().compareTo(a.fence()) > 0 ? b : a);
            }
        }
        return winners;
    }

    private static boolean isSuperseded(RunRecord run, Map<Settles, RunRecord> winners, List<RunRecord> ranges) {
        Settles settles = Settles.of(run);
        if (settles != null && !run.equals(winners.get(settles))) {
            return true;
        }
        Instant first = first(run);
        return first != null
                && (isLater(winners.get(new Settles(run.task(), first, null)), run)
                        || ranges.stream().anyMatch(range -> isLater(range, run) && isWithin(first, range)));
    }

    /// The first due time that a record accounts for.
    private static @Nullable Instant first(RunRecord run) {
        if (!run.outcome().ran()) {
            return run.missedFrom();
        }
        return run.settled() ? run.dueAt() : null;
    }

    private static boolean isLater(@Nullable RunRecord other, RunRecord run) {
        return other != null && other.fence().compareTo(run.fence()) > 0;
    }

    private static boolean isWithin(Instant due, RunRecord range) {
        return range.missedFrom() != null
                && range.missedTo() != null
                && !due.isBefore(range.missedFrom())
                && !due.isAfter(range.missedTo());
    }

    /// What a run settled: a due time, or a request without one.
    private record Settles(
            String task, @Nullable Instant dueAt, @Nullable Instant requestedAt) {
        static @Nullable Settles of(RunRecord run) {
            if (!run.settled() || !run.outcome().ran()) {
                return null;
            }
            return run.dueAt() == null
                    ? new Settles(run.task(), null, run.requestedAt())
                    : new Settles(run.task(), run.dueAt(), null);
        }
    }
}
