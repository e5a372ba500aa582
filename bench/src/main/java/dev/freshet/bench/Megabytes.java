package dev.freshet.bench;

import java.util.Locale;

/// Sizes as Java's `-Xmx` and Linux's `/proc` write them, in MiB.
final class Megabytes {
    private static final long KILO = 1024;

    private Megabytes() {}

    /// @param size as in `256m`, `1g` or `262144k`
    static long parse(String size) {
        long number = Long.parseLong(size.replaceAll("\\D", ""));
        return switch (size.toLowerCase(Locale.ROOT).replaceAll("\\d", "")) {
            case "g" -> number * KILO;
            case "m" -> number;
            case "k" -> number / KILO;
            default -> number / KILO / KILO;
        };
    }

    /// @param line as in `VmHWM:   123456 kB`
    static long ofStatus(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) / KILO;
    }
}
