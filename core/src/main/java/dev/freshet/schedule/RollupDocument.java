package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Duration;
import java.util.List;

/// A rollup as users write it, `{"rollup": "usage_hourly", "source": "usage", …}`, read as a schedule: what all
/// schedules have in common stays what it is, with a default trigger, and everything else is the `kind`.
final class RollupDocument {
    private static final String KEY = "rollup";
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(5);
    /// What a `kind` says beside what users write.
    private static final List<String> OURS =
            List.of("type", "op", "definition_version", "months_back", "force_partial", "pause_secs", "from", "to");

    private RollupDocument() {}

    static boolean is(JsonNode document) {
        return document.has(KEY);
    }

    static String id(JsonNode document) {
        return Shelf.ROLLUPS.id(document.path(KEY).asText());
    }

    static ObjectNode schedule(JsonNode document) {
        ObjectNode schedule = ((ObjectNode) document).objectNode();
        schedule.put("id", id(document));
        ObjectNode kind = schedule.putObject("kind").put("type", KEY);
        document.properties().forEach(property -> {
            String key = property.getKey();
            if (OURS.contains(key)) {
                throw new FreshetException(
                        ErrorCode.BAD_DEFINITION, Shelf.text(id(document)) + ": unknown key '" + key + "'");
            }
            (DefinitionReader.COMMON_KEYS.contains(key) ? schedule : kind).set(key, property.getValue());
        });
        if (!schedule.hasNonNull("trigger")) {
            schedule.putObject("trigger").put("type", "interval").put("secs", DEFAULT_INTERVAL.toSeconds());
        }
        if (!schedule.hasNonNull("enabled")) {
            schedule.put("enabled", true);
        }
        return schedule;
    }
}
