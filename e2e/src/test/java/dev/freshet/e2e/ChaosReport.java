package dev.freshet.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What a chaos run did and found.
record ChaosReport(
        ChaosOptions options,
        int aimedPauses,
        List<ControlLog.Takeover> takeovers,
        int zombieAttempts,
        int zombieCommitsInTime,
        Map<String, Integer> refusedBy,
        Equality equality,
        int oldFenceCommits,
        Map<String, Long> dueTimes,
        int starts,
        List<String> faults) {
    ChaosReport {
        takeovers = takeovers.stream()
                .sorted(Comparator.comparing(ControlLog.Takeover::took))
                .toList();
        faults = List.copyOf(faults);
    }

    double slowest() {
        return seconds(takeovers.isEmpty() ? Duration.ZERO : takeovers.getLast().took());
    }

    /// The takeover that one in a hundred exceeds.
    double slowestButOnePercent() {
        int rank = (int) Math.ceil(takeovers.size() * 0.99);
        return seconds(
                takeovers.isEmpty() ? Duration.ZERO : takeovers.get(rank - 1).took());
    }

    /// Those that took longer than the protocol promises.
    List<ControlLog.Takeover> lateTakeovers() {
        return takeovers.stream()
                .filter(takeover -> takeover.took().compareTo(options.lease().multipliedBy(2)) > 0)
                .toList();
    }

    /// Whether the takeovers were as fast as promised: within two leases, but for one in a hundred that may take two
    /// seconds longer.
    boolean inTime() {
        double most = 2.0 * options.lease().toSeconds();
        return slowestButOnePercent() <= most && slowest() <= most + 2;
    }

    private static double seconds(Duration duration) {
        return Math.round(duration.toMillis() / 10.0) / 100.0;
    }

    /// What must not be, whatever the machine is like.
    List<String> damages() {
        List<String> damages = new ArrayList<>(faults);
        if (!equality.equals(new Equality(0, 0, 0))) {
            damages.add("the datasets differ from their tables: " + equality);
        }
        if (oldFenceCommits > 0) {
            damages.add(oldFenceCommits + " commits under an old fence");
        }
        return damages;
    }

    String json() {
        ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("kills", options.kills())
                .put("pauses", options.pauses())
                .put("aimed_pauses", aimedPauses)
                .put("takeovers", takeovers.size())
                .put("zombie_attempts", zombieAttempts)
                .put("zombie_commits_in_time", zombieCommitsInTime);
        ObjectNode rules = json.putObject("refused_by");
        refusedBy.forEach(rules::put);
        json.put("lost", equality.lost())
                .put("strange", equality.strange())
                .put("duplicated", equality.duplicated())
                .put("old_fence_commits", oldFenceCommits)
                .put("max_takeover_seconds", slowest())
                .put("p99_takeover_seconds", slowestButOnePercent())
                .put("lease_seconds", options.lease().toSeconds());
        ObjectNode times = json.putObject("due_times");
        dueTimes.forEach(times::put);
        return json.put("processes", starts)
                .put("unaccounted", faults.size())
                .put("seed", options.seed())
                .toString();
    }
}
