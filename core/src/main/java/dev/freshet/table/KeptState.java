package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A state as a file beside the commit of its version, in the words of a commit that would lead to it from nothing.
/// There is one with every checkpoint, which it spares reading, and some between checkpoints that lie far apart.
/// Anyone could rebuild it, and it counts only while its commit has its number. Other readers ignore it.
final class KeptState {
    static final String SUFFIX = ".freshet-state";

    /// States with more files are left to the checkpoint.
    static final int MOST_FILES = 2000;

    /// Versions between two of them, at most.
    static final int EVERY = 100;

    /// Whoever begins at a version of its own, or fell behind, reads at most so many commits: the last state may
    /// still be on its way.
    static final int MOST_COMMITS = 2 * EVERY;

    private KeptState() {}

    static boolean isDueAt(long version) {
        return version > 0 && version % EVERY == 0;
    }

    static byte[] write(LogState state) {
        List<JsonNode> actions = new ArrayList<>();
        actions.add(CommitDraft.action("commitInfo", info(state.point())));
        actions.add(CommitDraft.action("protocol", state.protocol().json()));
        actions.add(CommitDraft.action("metaData", state.metadata().json()));
        new TreeMap<>(state.domains()).forEach((name, text) -> actions.add(CommitDraft.domain(name, text)));
        state.files().values().forEach(file -> actions.add(CommitDraft.action("add", file.addition(state))));
        return actions.stream()
                .map(Json::text)
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode info(CommitPoint point) {
        ObjectNode node = Json.object();
        node.put("timestamp", point.timestamp().toEpochMilli());
        node.put("txnId", point.id());
        return node;
    }

    static LogState read(String table, FilePaths paths, long version, byte[] bytes) {
        Replay replay = Replay.fromNothing(table, paths);
        replay.apply(CommitFile.parse(version, bytes));
        return replay.state();
    }
}
