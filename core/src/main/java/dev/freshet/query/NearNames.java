package dev.freshet.query;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The names most like one that was not found.
final class NearNames {
    private static final int SHOWN = 3;

    private NearNames() {}

    static List<String> of(String name, List<String> known) {
        return known.stream()
                .sorted(Comparator.comparingInt((String other) -> distance(lower(name), lower(other)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .toList();
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /// Characters to insert, delete or replace.
    private static int distance(String a, String b) {
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
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
