package dev.freshet.control;

import java.util.Optional;

/// What one wish comes to on the row as it is.
///
/// @param row the row to write; empty when nothing changes
record Verdict<O>(Optional<TaskRow> row, O outcome) {
    static <O> Verdict<O> write(TaskRow row, O outcome) {
        return new Verdict<>(Optional.of(row), outcome);
    }

    static <O> Verdict<O> leave(O outcome) {
        return new Verdict<>(Optional.empty(), outcome);
    }
}
