package dev.freshet.query;

import dev.freshet.error.EditDistance;
import java.util.Comparator;
import java.util.List;

/// The names most like one that was not found.
final class NearNames {
    private static final int SHOWN = 3;

    private NearNames() {}

    static List<String> of(String name, List<String> known) {
        return known.stream()
                .sorted(Comparator.comparingInt((String other) -> EditDistance.between(name, other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }
}
