package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A commit about to be put: its number, its id and its very bytes, and the state it was decided on.
record CommitDraft(LogState base, long version, String id, byte[] bytes) {
    /// Decided on a table that does not exist.
    boolean creates() {
        return version == 0;
    }

    /// The state after the commit.
    LogState after(String table, FilePaths paths) {
        Replay replay = Replay.from(table, paths, base);
        replay.apply(CommitFile.parse(version, bytes));
        return replay.state();
    }

    /// @throws FreshetException if the table cannot take such a change
    static CommitDraft of(String table, Optional<LogState> newest, Change change, Host host) {
        newest.ifPresent(state -> Support.requireWritable(table, state.protocol(), state.metadata()));
        String id = host.newId();
        Instant now = host.now();
        LogState base = newest.orElseGet(() -> nothing(table, change, host.newId(), now));
        TableMetadata metadata = change.shape().map(base.metadata()::reshaped).orElse(base.metadata());
        TableProtocol protocol = protocol(base.protocol(), metadata, change);
        List<JsonNode> actions = new ArrayList<>();
        if (newest.isEmpty() || !protocol.equals(base.protocol())) {
            actions.add(action("protocol", protocol.json()));
        }
        if (newest.isEmpty() || !metadata.json().equals(base.metadata().json())) {
            actions.add(action("metaData", metadata.json()));
        }
        new TreeMap<>(change.domains()).forEach((name, text) -> actions.add(domain(name, text)));
        new TreeMap<>(change.numbers()).forEach((lane, number) -> actions.add(number(lane, number, now)));
        Collection<ActiveFile> removed = removed(base, change.removal());
        requireRemovable(table, base, change, removed);
        removed.forEach(file -> actions.add(
                action("remove", file.removal(base.metadata().partitionColumns(), now, change.dataChange()))));
        change.adds()
                .forEach(file -> actions.add(
                        action("add", ActiveFile.addition(file, metadata.partitionColumns(), change.dataChange()))));
        actions.addFirst(action("commitInfo", CommitInfo.of(change, removed, base, id, now)));
        String text = actions.stream().map(Json::text).collect(Collectors.joining("\n", "", "\n"));
        return new CommitDraft(base, base.version() + 1, id, text.getBytes(StandardCharsets.UTF_8));
    }

    private static LogState nothing(String table, Change change, String tableId, Instant now) {
        TableShape shape = change.shape()
                .orElseThrow(() -> new FreshetException(
                        ErrorCode.INTERNAL, "table " + table + " does not exist and the change brings no schema"));
        return new LogState(
                new CommitPoint(-1, "", now),
                TableProtocol.plain(),
                TableMetadata.create(shape, tableId, now.toEpochMilli()),
                Map.of(),
                Map.of());
    }

    private static TableProtocol protocol(TableProtocol protocol, TableMetadata metadata, Change change) {
        TableProtocol needed =
                change.domains().isEmpty() ? protocol : protocol.withWriterFeature(TableProtocol.DOMAIN_METADATA);
        boolean local = metadata.schema().columns().stream().map(Column::type).anyMatch(CommitDraft::isLocalTime);
        return local ? needed.withFeature(TableProtocol.TIMESTAMP_NTZ) : needed;
    }

    private static boolean isLocalTime(ColumnType type) {
        return type instanceof ColumnType.Array array
                ? isLocalTime(array.element())
                : type.equals(ColumnType.TIMESTAMP_NTZ);
    }

    /// Why the change cannot be made on this state: files that it removes are gone.
    static Optional<String> lost(LogState state, Change change) {
        if (!(change.removal() instanceof Removal.These these)) {
            return Optional.empty();
        }
        Map<String, ActiveFile> active = byPath(state);
        return these.files().stream()
                .map(DataFile::path)
                .filter(path -> !active.containsKey(path))
                .findFirst()
                .map(path -> "the data file " + path + " is no longer part of version " + state.version());
    }

    private static Collection<ActiveFile> removed(LogState state, Removal removal) {
        return switch (removal) {
            case Removal.None _ -> List.of();
            case Removal.All _ -> state.files().values();
            case Removal.These these -> {
                Map<String, ActiveFile> active = byPath(state);
                yield these.files().stream()
                        .map(file -> active.get(file.path()))
                        .toList();
            }
        };
    }

    private static Map<String, ActiveFile> byPath(LogState state) {
        return state.files().values().stream()
                .collect(Collectors.toMap(file -> file.file().path(), Function.identity()));
    }

    private static void requireRemovable(String table, LogState base, Change change, Collection<ActiveFile> removed) {
        if (!removed.isEmpty() && change.dataChange() && Support.isAppendOnly(base.metadata())) {
            throw new FreshetException(
                    ErrorCode.UNSUPPORTED,
                    "table " + table + " is append only (delta.appendOnly), nothing was removed");
        }
    }

    static JsonNode domain(String name, String configuration) {
        ObjectNode node = Json.object();
        node.put("domain", name);
        node.put("configuration", configuration);
        node.put("removed", false);
        return action("domainMetadata", node);
    }

    private static JsonNode number(String lane, long number, Instant now) {
        ObjectNode node = Json.object();
        node.put("appId", lane);
        node.put("version", number);
        node.put("lastUpdated", now.toEpochMilli());
        return action("txn", node);
    }

    static JsonNode action(String name, ObjectNode body) {
        ObjectNode node = Json.object();
        node.set(name, body);
        return node;
    }
}
