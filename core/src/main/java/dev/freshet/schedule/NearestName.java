package dev.freshet.schedule;

import dev.freshet.error.EditDistance;
import java.util.Comparator;
import java.util.List;

/// Finds what a mistyped name was probably meant to be.
final class NearestName {
    private NearestName() {}

    /// ` - did you mean 'x'?`, or the whole list when nothing is near.
    static String hint(String name, List<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> EditDistance.between(name, candidate)))
                .filter(candidate -> EditDistance.between(name, candidate) <= Math.max(2, candidate.length() / 2))
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("; known are " + String.join(", ", known));
    }
}
