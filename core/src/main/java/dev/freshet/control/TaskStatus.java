package dev.freshet.control;

import java.util.Locale;

/// Whether somebody holds a task.
public enum TaskStatus {
    IDLE,
    PROCESSING;

    /// As the table's column has it.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static TaskStatus parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
