package dev.freshet.ingest;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

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
                .filter(name -> distance(written, name) <= Math.max(2, name.length() / 3))
                .sorted(Comparator.comparingInt((String name) -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    /// How many letters must be added, removed or replaced to make one of the other, whatever the case.
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
