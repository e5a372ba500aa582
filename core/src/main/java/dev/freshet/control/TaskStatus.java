package dev.freshet.control;

import java.util.Locale;

/// Whether somebody holds a task.
public enum TaskStatus {
    IDLE,
    PROCESSING;

    private final String text = name().toLowerCase(Locale.ROOT);

    /// As the table's column has it.
    String text() {
        return text;
    }

    static TaskStatus parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
