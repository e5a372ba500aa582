package dev.freshet.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The lines of a commit.
final class Actions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Actions() {}

    static List<JsonNode> of(Deed commit) {
        return of(commit.content());
    }

    static List<JsonNode> of(byte[] commit) {
        List<JsonNode> actions = new ArrayList<>();
        new String(commit, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> actions.add(parse(line)));
        return actions;
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
