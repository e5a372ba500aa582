package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries a state forward, commit by commit (Delta protocol, "Action Reconciliation"). Confined to one thread.
final class Replay {
    private final String table;
    private final FilePaths paths;
    private final Map<String, String> domains;
    private final Map<ActiveFile.Key, ActiveFile> files;
    private @Nullable CommitPoint point;
    private @Nullable TableProtocol protocol;
    private @Nullable TableMetadata metadata;

    private Replay(String table, FilePaths paths, Map<String, String> domains, Map<ActiveFile.Key, ActiveFile> files) {
        this.table = table;
        this.paths = paths;
        this.domains = new LinkedHashMap<>(domains);
        this.files = new LinkedHashMap<>(files);
    }

    static Replay from(String table, FilePaths paths, LogState state) {
        Replay replay = new Replay(table, paths, state.domains(), state.files());
        replay.point = state.point();
        replay.protocol = state.protocol();
        replay.metadata = state.metadata();
        return replay;
    }

    static Replay fromNothing(String table, FilePaths paths) {
        return new Replay(table, paths, Map.of(), Map.of());
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
        if (point == null || protocol == null || metadata == null) {
            throw new FreshetException(
                    ErrorCode.TABLE_UNREADABLE,
                    "table " + table + " cannot be read: its log has no protocol or metaData");
        }
        Support.requireReadable(table, protocol, metadata);
        return new LogState(point, protocol, metadata, domains, files);
    }
}
