package dev.freshet.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/// A schedule's definition, as a user writes it.
record Definition(ObjectNode json) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A short lease that a busy machine still keeps.
    static final int LEASE_SECONDS = 5;

    /// A table of a database every so many seconds, with short leases and retries.
    static Definition every(int seconds, String id, Database database, String table) {
        ObjectNode json = JSON.createObjectNode().put("id", id);
        json.putObject("kind")
                .put("type", database.type())
                .put("dsn", database.dsn())
                .put("table", table)
                .put("dataset_name", id);
        json.putObject("trigger").put("type", "interval").put("secs", seconds);
        json.putObject("retry").putArray("delays_secs").add(1);
        return new Definition(json.put("enabled", true).put("lease_secs", LEASE_SECONDS));
    }

    /// A table that is due once, now, and not again while any test runs.
    static Definition once(String id, Database database, String table) {
        return every(24 * 60 * 60, id, database, table);
    }

    /// The same definition but for a change.
    Definition with(Consumer<ObjectNode> change) {
        ObjectNode changed = json.deepCopy();
        change.accept(changed);
        return new Definition(changed);
    }

    String id() {
        return json.path("id").asText();
    }

    String text() {
        return json.toPrettyString();
    }
}
