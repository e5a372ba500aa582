package dev.freshet.ingest;

import dev.freshet.error.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Finds what someone probably meant when they wrote a name that does not exist. Stateless.
public final class Nearest {
    private Nearest() {}

    /// ` (did you mean 'x'?)`, or nothing if no name is near.
    public static String hint(String written, Collection<String> names) {
        List<String> near = of(written, names, 1);
        return near.isEmpty() ? "" : " (did you mean '" + near.getFirst() + "'?)";
    }

    /// The nearest names, best first: those that differ in at most a third of their letters.
    public static List<String> of(String written, Collection<String> names, int most) {
        return names.stream()
                .filter(name -> EditDistance.between(written, name) <= Math.max(2, name.length() / 3))
                .sorted(Comparator.comparingInt((String name) -> EditDistance.between(written, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }
}
