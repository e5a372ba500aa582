package dev.freshet.cli;

import java.util.Locale;

/// How data is printed on stdout.
enum OutputFormat {
    TABLE,
    JSON,
    YAML;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
