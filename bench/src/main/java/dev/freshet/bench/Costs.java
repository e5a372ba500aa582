package dev.freshet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one contender took for one table in every round.
final class Costs {
    private final List<Cost> rounds = new ArrayList<>();

    void add(Cost cost) {
        rounds.add(cost);
    }

    double median(ToDoubleFunction<Cost> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double seconds() {
        return median(Cost::seconds);
    }

    double cpuSeconds() {
        return median(Cost::cpuSeconds);
    }

    double fileMegabytes() {
        return median(Cost::fileMegabytes);
    }

    /// The largest of all rounds: memory is a bound.
    long rssMegabytes() {
        return rounds.stream().mapToLong(Cost::rssMegabytes).max().orElseThrow();
    }
}
