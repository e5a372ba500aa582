package dev.freshet.cli;

import java.util.Locale;

/// Byte counts and durations for people.
final class Sizes {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final int STEP = 1000;
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    private Sizes() {}

    /// `12,345`
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// 1234567 as `1.2 MB`.
    static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /// 75 as `1 min 15 s`.
    static String seconds(long seconds) {
        if (seconds < MINUTE) return seconds + " s";
        if (seconds < HOUR) return seconds / MINUTE + " min " + seconds % MINUTE + " s";
        return seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min";
    }
}
