package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// One numbered file of a log: its actions, each an object of one field.
record CommitFile(long version, String id, List<JsonNode> actions) {
    CommitFile {
        actions = List.copyOf(actions);
    }

    /// @throws IllegalArgumentException if a line is not JSON
    static CommitFile parse(long version, byte[] bytes) {
        List<JsonNode> actions = new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(Predicate.not(String::isBlank))
                .map(Json::parse)
                .toList();
        return new CommitFile(version, id(actions, bytes), actions);
    }

    /// What tells this commit from any other of the same number: the writer's own id, or its very bytes.
    private static String id(List<JsonNode> actions, byte[] bytes) {
        String own = info(actions).path("txnId").asText();
        return own.isEmpty() ? "sha256:" + HexFormat.of().formatHex(sha256().digest(bytes)) : own;
    }

    JsonNode info() {
        return info(actions);
    }

    private static JsonNode info(List<JsonNode> actions) {
        return actions.stream()
                .map(action -> action.path("commitInfo"))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseGet(Json::object);
    }

    /// As the log has them.
    Stream<String> addedPaths() {
        return paths(actions.stream().map(action -> action.path("add")));
    }

    /// Of added files that do not only hold old rows anew.
    Stream<String> newRowsPaths() {
        return paths(actions.stream()
                .map(action -> action.path("add"))
                .filter(add -> add.path("dataChange").asBoolean(true)));
    }

    private static Stream<String> paths(Stream<JsonNode> adds) {
        return adds.map(add -> add.path("path")).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    Instant timestamp() {
        JsonNode info = info();
        return Instant.ofEpochMilli(
                info.path("inCommitTimestamp").asLong(info.path("timestamp").asLong()));
    }

    CommitPoint point() {
        return new CommitPoint(version, id, timestamp());
    }

    CommitNote note() {
        JsonNode info = info();
        return new CommitNote(
                version,
                id,
                info.path("operation").asText("UNKNOWN"),
                info.path("engineInfo").asText("an unnamed writer"),
                timestamp(),
                changesData());
    }

    private boolean changesData() {
        return actions.stream()
                .anyMatch(action -> action.path("add").path("dataChange").asBoolean()
                        || action.path("remove").path("dataChange").asBoolean());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
