package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.MissingObjectException;
import dev.freshet.store.Store;
import dev.freshet.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The numbered files of one table's log.
final class TableLog {
    private static final String CHECKPOINT = ".checkpoint";
    private static final Pattern COMMIT = Pattern.compile("\\d{20}\\.json");

    private final Store store;
    private final String table;

    TableLog(Store store, String table) {
        this.store = store;
        this.table = table;
    }

    String folder() {
        return table + "/_delta_log";
    }

    String commitKey(long version) {
        return folder() + "/" + digits(version) + ".json";
    }

    String checkpointKey(long version) {
        return folder() + "/" + digits(version) + CHECKPOINT + ".parquet";
    }

    String stateKey(long version) {
        return folder() + "/" + digits(version) + KeptState.SUFFIX;
    }

    String lastCheckpointKey() {
        return folder() + "/_last_checkpoint";
    }

    /// Whether the store was reached and knows of no log at all.
    boolean isAbsent() {
        return store.list(folder(), "").isEmpty() && store.folders(folder()).isEmpty();
    }

    Optional<CommitFile> find(long version) {
        byte[] bytes;
        try {
            bytes = store.read(commitKey(version));
        } catch (MissingObjectException _) {
            return Optional.empty();
        }
        return Optional.of(parse(version, bytes));
    }

    private CommitFile parse(long version, byte[] bytes) {
        try {
            return CommitFile.parse(version, bytes);
        } catch (IllegalArgumentException e) {
            throw new FreshetException(
                    ErrorCode.TABLE_UNREADABLE,
                    "table %s: version %d cannot be read: its commit file is broken: %s"
                            .formatted(table, version, e.getMessage()),
                    e);
        }
    }

    /// Whether this very commit still has its number.
    boolean holds(CommitPoint point) {
        return find(point.version())
                .filter(commit -> commit.id().equals(point.id()))
                .isPresent();
    }

    boolean hasCheckpointAt(long version) {
        return store.list(folder(), digits(version)).stream()
                .takeWhile(object -> object.name().startsWith(digits(version)))
                .anyMatch(object -> isCheckpoint(object.name()));
    }

    boolean hasCheckpointFrom(long version) {
        return store.list(folder(), digits(version)).stream().anyMatch(object -> isCheckpoint(object.name()));
    }

    /// Everything from the last known checkpoint on, or all of the log.
    List<StoredObject> list() {
        return store.list(folder(), lastCheckpoint().map(TableLog::digits).orElse(""));
    }

    /// All numbered files.
    LogListing listing() {
        return new LogListing(store.list(folder(), "0"));
    }

    /// The state kept beside a version, which counts while the version's commit has its number.
    Optional<LogState> kept(long version, FilePaths paths) {
        try {
            LogState state = KeptState.read(table, paths, version, store.read(stateKey(version)));
            return Optional.of(state).filter(found -> holds(found.point()));
        } catch (MissingObjectException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// What the pointer says, which is only a hint.
    Optional<Long> lastCheckpoint() {
        try {
            String pointer = new String(store.read(lastCheckpointKey()), StandardCharsets.UTF_8);
            JsonNode version = Json.parse(pointer).path("version");
            return version.isIntegralNumber() ? Optional.of(version.asLong()) : Optional.empty();
        } catch (MissingObjectException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static boolean isCommit(String name) {
        return COMMIT.matcher(name).matches();
    }

    /// The number of a file of the log.
    static long version(String key) {
        return Long.parseLong(key.substring(key.lastIndexOf('/') + 1).substring(0, 20));
    }

    static boolean isCheckpoint(String name) {
        return name.length() > 20 && name.startsWith(CHECKPOINT, 20);
    }

    static String digits(long version) {
        return "%020d".formatted(version);
    }
}
