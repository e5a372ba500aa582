package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;

/// How far a task has read its source, as JSON that only the task understands. Positions are equal when they are
/// the same JSON, whatever the order of keys and the spaces: that is how a commit finds that somebody else moved
/// on.
public record Position(String json) {
    private static final Position NONE = new Position("null");

    /// @throws IllegalArgumentException if the text is not JSON
    public Position {
        json = Json.sorted(Json.parse(json));
    }

    /// Where a task stands that never committed.
    public static Position none() {
        return NONE;
    }

    static Position of(JsonNode node) {
        return new Position(node.toString());
    }
}
