package dev.freshet.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Durations of one kind, in nanoseconds.
final class Samples {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Long> nanos = new ArrayList<>();

    void add(long duration) {
        nanos.add(duration);
    }

    void addAll(Samples others) {
        nanos.addAll(others.nanos);
    }

    /// The duration that this part of them does not exceed, in milliseconds.
    double quantile(double part) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int index = (int) Math.ceil(part * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)) / NANOS_PER_MILLI;
    }

    double median() {
        return quantile(0.5);
    }
}
