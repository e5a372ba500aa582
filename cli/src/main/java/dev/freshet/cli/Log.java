package dev.freshet.cli;

import dev.freshet.Freshet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// What a command says beside its data, one line each, on stderr, without secrets. Safe for use by many threads.
final class Log {
    /// How the lines look.
    enum Format {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How much a line matters.
    enum Level {
        INFO,
        WARN,
        ERROR
    }

    private final Console console;
    private final Format format;
    private final Supplier<Instant> clock;

    Log(Console console, Format format, Supplier<Instant> clock) {
        this.console = console;
        this.format = format;
        this.clock = clock;
    }

    /// For the person at the keyboard: the bare text.
    void say(String text) {
        message(Level.INFO, text, text);
    }

    void warn(String text) {
        message(Level.WARN, "warning: " + text, text);
    }

    void error(String code, String text) {
        if (format == Format.JSON) event(Level.ERROR, text, Map.of("code", code));
        else console.line(Freshet.redacted("error[" + code + "]: " + text));
    }

    /// For the records of a service: with time, level and figures.
    void event(Level level, String text, Map<String, ?> fields) {
        Instant now = clock.get().truncatedTo(ChronoUnit.MILLIS);
        Map<String, Object> safe = new LinkedHashMap<>();
        fields.forEach(
                (key, value) -> safe.put(key, value instanceof Number ? value : Freshet.redacted(value.toString())));
        String message = Freshet.redacted(text);
        console.line(
                format == Format.JSON
                        ? LogLine.json(now, level, message, safe)
                        : LogLine.text(now, level, message, safe));
    }

    private void message(Level level, String plain, String text) {
        if (format == Format.JSON) event(level, text, Map.of());
        else console.line(Freshet.redacted(plain));
    }
}
