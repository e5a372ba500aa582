package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Carries a state forward, commit by commit (Delta protocol, "Action Reconciliation"). Confined to one thread.
final class Replay {
    private final String table;
    private final FilePaths paths;
    private final Map<String, String> domains;
    private final Map<ActiveFile.Key, ActiveFile> files;
    private CommitPoint point;
    private TableProtocol protocol;
    private TableMetadata metadata;

    private Replay(String table, FilePaths paths, LogState from) {
        this.table = table;
        this.paths = paths;
        this.domains = new LinkedHashMap<>(from.domains());
        this.files = new LinkedHashMap<>(from.files());
        this.point = from.point();
        this.protocol = from.protocol();
        this.metadata = from.metadata();
    }

    static Replay from(String table, FilePaths paths, LogState state) {
        return new Replay(table, paths, state);
    }

    void apply(CommitFile commit) {
        commit.actions()
                .forEach(action -> action.properties().forEach(field -> apply(field.getKey(), field.getValue())));
        point = commit.point();
    }

    private void apply(String action, JsonNode body) {
        switch (action) {
            case "add" -> add(body);
            case "remove" -> files.remove(key(body));
            case "metaData" -> metadata = TableMetadata.parse(table, body);
            case "protocol" -> protocol = TableProtocol.parse(body);
            case "domainMetadata" -> domain(body);
            default -> {
                // Transactions, change data and whatever is allowed but unknown change nothing that a snapshot shows.
            }
        }
    }

    private void add(JsonNode body) {
        ActiveFile file = active(paths, body);
        files.put(file.key(), file);
    }

    static ActiveFile active(FilePaths paths, JsonNode body) {
        String raw = body.path("path").asText();
        DataFile file = new DataFile(
                paths.path(raw),
                body.path("size").asLong(),
                TableMetadata.texts(body.path("partitionValues")),
                Instant.ofEpochMilli(body.path("modificationTime").asLong()),
                new FileStatistics(body.path("stats").asText("")));
        return new ActiveFile(file, raw, body.hasNonNull("deletionVector") ? body.get("deletionVector") : null);
    }

    private static ActiveFile.Key key(JsonNode body) {
        return ActiveFile.key(
                body.path("path").asText(), body.hasNonNull("deletionVector") ? body.get("deletionVector") : null);
    }

    private void domain(JsonNode body) {
        String name = body.path("domain").asText();
        if (body.path("removed").asBoolean()) {
            domains.remove(name);
        } else {
            domains.put(name, body.path("configuration").asText());
        }
    }

    LogState state() {
        Support.requireReadable(table, protocol, metadata);
        return new LogState(point, protocol, metadata, domains, files);
    }
}
