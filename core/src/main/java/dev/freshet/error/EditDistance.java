package dev.freshet.error;

import java.util.Locale;

/// How far a name that was written is from one that exists, for messages that suggest what was meant: Levenshtein's
/// distance, upper and lower case being the same. Stateless.
public final class EditDistance {
    private EditDistance() {}

    /// How many letters must be added, removed or replaced to make one of the other.
    public static int between(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
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
