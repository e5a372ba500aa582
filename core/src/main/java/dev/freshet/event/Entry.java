package dev.freshet.event;

import dev.freshet.batch.Column;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An event as it was accepted: checked, and with nothing left open.
record Entry(
        String table,
        String type,
        Instant timestamp,
        @Nullable String payload,
        List<Column> columns,
        List<List<@Nullable Object>> rows) {

    /// @throws dev.freshet.error.FreshetException (BAD_USAGE) saying what is wrong with the event
    static Entry freeze(Event event, Instant now) {
        EventRules.check(event);
        return new Entry(
                event.table(),
                event.type(),
                Objects.requireNonNullElse(event.timestamp(), now),
                event.payload(),
                event.extraColumns(),
                event.extraRows());
    }
}
