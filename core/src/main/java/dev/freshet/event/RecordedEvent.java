package dev.freshet.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One row of a table of events.
///
/// @param payload JSON, or null
/// @param extra the other columns by name, with values as [dev.freshet.batch.Batch#value] gives them, or null
public record RecordedEvent(
        String type, Instant timestamp, @Nullable String payload, Map<String, @Nullable Object> extra) {
    public RecordedEvent {
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }
}
