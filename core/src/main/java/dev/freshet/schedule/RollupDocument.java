package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/// A rollup as users write it, `{"rollup": "usage_hourly", "source": "usage", …}`, read as a schedule: what all
/// schedules have in common stays what it is, with a default trigger, and everything else is the `kind`.
final class RollupDocument {
    private static final String KEY = "rollup";
    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(5);
    private static final List<String> COMMON = List.of(
            "trigger",
            "enabled",
            "created_at",
            "created_by",
            "retry",
            "misfire",
            "stall_limit_secs",
            "lease_secs",
            "on_foreign_commit");

    private RollupDocument() {}

    static boolean is(JsonNode document) {
        return document.has(KEY);
    }

    static ObjectNode schedule(JsonNode document) {
        ObjectNode schedule = ((ObjectNode) document).objectNode();
        schedule.put("id", Shelf.ROLLUPS.id(document.path(KEY).asText()));
        ObjectNode kind = schedule.putObject("kind");
        document.properties()
                .forEach(property -> (COMMON.contains(property.getKey()) ? schedule : kind)
                        .set(property.getKey(), property.getValue()));
        if (!schedule.hasNonNull("trigger")) {
            schedule.putObject("trigger").put("type", "interval").put("secs", DEFAULT_INTERVAL.toSeconds());
        }
        if (!schedule.hasNonNull("enabled")) {
            schedule.put("enabled", true);
        }
        kind.put("type", KEY);
        return schedule;
    }
}
