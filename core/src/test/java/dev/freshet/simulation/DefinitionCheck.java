package dev.freshet.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// No change of a definition that somebody was told is stored got lost, or was decided on another version than the one
/// before it.
final class DefinitionCheck {
    private final Archive store;
    private final Journal journal;
    private final List<String> violations;

    DefinitionCheck(Archive store, Journal journal, List<String> violations) {
        this.store = store;
        this.journal = journal;
        this.violations = violations;
    }

    void run() {
        for (Journal.Acknowledged change : journal.definitions()) {
            long wanted = count(Actions.parse(change.text()));
            Optional<Long> stored = document(change.id(), change.number());
            Optional<Long> before = document(change.id(), change.number() - 1);
            if (!stored.equals(Optional.of(wanted)) || !before.equals(Optional.of(wanted - 1))) {
                violations.add("definition " + change.id() + ", number " + change.number() + ": change " + wanted
                        + " was acknowledged, stored are " + before + " and then " + stored);
            }
        }
    }

    private Optional<Long> document(String id, long number) {
        return store.first("_freshet/schedules/" + id + "/" + number + ".json")
                .map(deed -> count(Actions.parse(new String(deed.content(), StandardCharsets.UTF_8))));
    }

    private static long count(JsonNode definition) {
        return definition.path("created_by").asLong();
    }
}
