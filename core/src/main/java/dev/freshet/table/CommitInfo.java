package dev.freshet.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;

/// The `commitInfo` action: who did what, for the table's history and for telling writers apart.
final class CommitInfo {
    private CommitInfo() {}

    static ObjectNode of(Change change, Collection<ActiveFile> removed, LogState base, String id, Instant now) {
        ObjectNode node = Json.object();
        node.put("timestamp", now.toEpochMilli());
        node.put("operation", change.operation());
        node.putObject("operationParameters").put("mode", mode(change));
        if (base.version() >= 0) {
            node.put("readVersion", base.version());
        }
        node.put("isolationLevel", "Serializable");
        node.put("isBlindAppend", isBlindAppend(change));
        node.set("operationMetrics", metrics(change, removed));
        change.info().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> node.set(entry.getKey(), Json.of(entry.getValue())));
        node.put("engineInfo", CommitNote.FRESHET);
        node.put("commit_id", id);
        node.put("txnId", id);
        return node;
    }

    private static String mode(Change change) {
        return change.removal() instanceof Removal.All ? "Overwrite" : "Append";
    }

    private static boolean isBlindAppend(Change change) {
        return change.removal() instanceof Removal.None
                && !change.adds().isEmpty()
                && change.domains().isEmpty();
    }

    /// Texts, as other engines write and expect them.
    private static ObjectNode metrics(Change change, Collection<ActiveFile> removed) {
        ObjectNode node = Json.object();
        node.put("numFiles", Integer.toString(change.adds().size()));
        node.put("numRemovedFiles", Integer.toString(removed.size()));
        node.put(
                "numOutputBytes",
                Long.toString(change.adds().stream().mapToLong(DataFile::bytes).sum()));
        node.put(
                "numOutputRows",
                Long.toString(change.adds().stream()
                        .map(file -> file.statistics().rows())
                        .flatMapToLong(OptionalLong::stream)
                        .sum()));
        return node;
    }
}
