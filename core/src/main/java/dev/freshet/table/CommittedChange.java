package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What one commit did to a table's rows, by its files: what only moved rows between files is left out. Immutable.
///
/// @param timestamp when it was made, by its writer's clock
/// @param retainedFrom for a commit that took away what had become too old: the time from which on it took nothing
public record CommittedChange(
        long version,
        String operation,
        Instant timestamp,
        List<DataFile> added,
        List<DataFile> removed,
        Optional<Instant> retainedFrom) {
    /// The operation of a commit that removes what is older than it is to be kept.
    public static final String RETENTION = "RETENTION";

    /// The entry of such a commit's own record that says from when on it took nothing.
    public static final String RETAINED_FROM = "retained_from";

    public CommittedChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
    }

    /// @param base the files before the first of the commits; those that they only moved are known by it, too
    static List<CommittedChange> of(List<CommitFile> commits, List<DataFile> base, FilePaths paths) {
        Map<String, DataFile> known = new HashMap<>();
        base.forEach(file -> known.put(file.path(), file));
        List<CommittedChange> changes = new ArrayList<>();
        for (CommitFile commit : commits) {
            changes.add(of(commit, known, paths));
            bodies(commit, "add").map(add -> file(add, paths)).forEach(file -> known.put(file.path(), file));
        }
        return List.copyOf(changes);
    }

    private static CommittedChange of(CommitFile commit, Map<String, DataFile> known, FilePaths paths) {
        JsonNode info = commit.info();
        return new CommittedChange(
                commit.version(),
                info.path("operation").asText("UNKNOWN"),
                commit.timestamp(),
                changed(commit, "add").map(add -> file(add, paths)).toList(),
                changed(commit, "remove")
                        .map(remove -> file(remove, paths))
                        .map(file -> known.getOrDefault(file.path(), file))
                        .toList(),
                time(info.path(RETAINED_FROM).asText()));
    }

    private static DataFile file(JsonNode body, FilePaths paths) {
        return Replay.active(paths, body).file();
    }

    /// Whether the commit takes rows away.
    static boolean removes(CommitFile commit) {
        return changed(commit, "remove").findAny().isPresent();
    }

    /// Rows that a deletion vector took are changes, too: such a commit removes the file and adds it again.
    private static Stream<JsonNode> changed(CommitFile commit, String action) {
        return bodies(commit, action).filter(body -> body.path("dataChange").asBoolean());
    }

    private static Stream<JsonNode> bodies(CommitFile commit, String action) {
        return commit.actions().stream().map(line -> line.path(action)).filter(JsonNode::isObject);
    }

    private static Optional<Instant> time(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    /// Whether the commit took away what had become too old.
    public boolean isRetention() {
        return operation.equals(RETENTION) && !removed.isEmpty();
    }

    public boolean changesRows() {
        return !added.isEmpty() || !removed.isEmpty();
    }
}
