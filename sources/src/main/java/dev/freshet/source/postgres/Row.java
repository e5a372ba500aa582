package dev.freshet.source.postgres;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row of an answer: what the database prints for each value, or null.
record Row(List<@Nullable String> values) {
    Row {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Nullable
    String value(int column) {
        return values.get(column);
    }

    String text(int column) {
        return Objects.requireNonNull(value(column));
    }

    long number(int column) {
        return Long.parseLong(text(column));
    }

    int integer(int column) {
        return Integer.parseInt(text(column));
    }

    boolean flag(int column) {
        return text(column).equals("t");
    }
}
