package dev.freshet.schedule;

import dev.freshet.control.TaskRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The leases of this process: those it works under, and those it gave up and must not touch until they expire.
/// Confined to the runner's loop.
final class Hands {
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Set<String> abandoned = new HashSet<>();
    /// Claims that the store gave no answer to, by task: true for one that took a dead holder's task.
    private final Map<String, Boolean> unsure = new HashMap<>();

    Collection<Running> all() {
        return List.copyOf(running.values());
    }

    /// Whether there is anything to release.
    boolean isReleasing() {
        return running.values().stream().anyMatch(run -> run.ending() instanceof Ending.Release);
    }

    boolean isEmpty() {
        return running.isEmpty();
    }

    /// Runs that take up one of the places; those that have ended and wait for their release, and those that were
    /// told to end and do not, are no longer counted.
    long working() {
        return running.values().stream()
                .filter(run -> run.isWorking() && run.session().cancellation() == null)
                .count();
    }

    boolean holds(String task) {
        return running.containsKey(task);
    }

    void took(Running run) {
        running.put(run.job().task(), run);
        unsure.remove(run.job().task());
    }

    void finished(Running run) {
        running.remove(run.job().task(), run);
        run.finish();
    }

    /// Left to expire.
    void gaveUp(Running run) {
        abandoned.add(run.lease().token());
        finished(run);
    }

    void unsure(String task, boolean reclaim) {
        unsure.put(task, reclaim);
    }

    /// Rows that bear this process's instance although nothing here works on them: claims that landed late. Those
    /// that took over a dead holder's work keep it until they expire, for that work is still to be settled; so do those
    /// that only passed due times over, which the next holder then records.
    List<TaskRow> strays(Collection<TaskRow> rows, String instanceId) {
        List<TaskRow> strays = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (TaskRow row : rows) {
            if (row.isProcessing() && instanceId.equals(row.instanceId()) && row.token() != null) {
                seen.add(row.token());
                boolean known =
                        abandoned.contains(row.token()) || holds(row.task()) || unsure.getOrDefault(row.task(), false);
                boolean onlyPassedOver = row.missedFrom() != null && !Claims.hasWork(row);
                if (!known && !onlyPassedOver) {
                    strays.add(row);
                }
            }
        }
        abandoned.retainAll(seen);
        return strays;
    }
}
