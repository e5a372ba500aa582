package dev.freshet.table;

import dev.freshet.batch.Schema;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A table at one version, wholly in memory: nothing is read any more. The files it names stay readable until
/// vacuum deletes them, whatever is committed after it. Immutable.
public final class Snapshot {
    private static final Comparator<DataFile> FILE_ORDER = Comparator.comparing(DataFile::path);

    private final String table;
    private final FilePaths paths;
    private final LogState state;

    Snapshot(String table, FilePaths paths, LogState state) {
        this.table = table;
        this.paths = paths;
        this.state = state;
    }

    /// The table's key in the store, such as `datasets/orders`.
    public String table() {
        return table;
    }

    public long version() {
        return state.point().version();
    }

    /// The id of the commit that made this version; empty when that commit's file was cleaned away.
    public String commitId() {
        return state.point().id();
    }

    /// When the commit was made, by its writer's clock.
    public Instant timestamp() {
        return state.point().timestamp();
    }

    /// The table's id, which stays when its content and schema are replaced.
    public String tableId() {
        return state.metadata().id();
    }

    public Schema schema() {
        return state.metadata().schema();
    }

    /// False for a table that was only created to carry a fence: it holds no data until its first load.
    public boolean hasColumns() {
        return schema().size() > 0;
    }

    public List<String> partitionColumns() {
        return state.metadata().partitionColumns();
    }

    public Map<String, String> properties() {
        return state.metadata().properties();
    }

    public Optional<String> domain(String name) {
        return Optional.ofNullable(state.domains().get(name));
    }

    public Map<String, String> domains() {
        return state.domains();
    }

    /// In the order of their paths.
    public List<DataFile> files() {
        return state.files().values().stream()
                .map(ActiveFile::file)
                .sorted(FILE_ORDER)
                .toList();
    }

    /// The rows of all files; empty when another engine added a file without counting them.
    public OptionalLong rows() {
        long sum = 0;
        for (ActiveFile file : state.files().values()) {
            OptionalLong rows = file.rows();
            if (rows.isEmpty()) {
                return rows;
            }
            sum += rows.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    public long bytes() {
        return state.files().values().stream()
                .mapToLong(file -> file.file().bytes())
                .sum();
    }

    /// Whether another engine deleted rows without rewriting their files; such files must not be read as they
    /// are.
    public boolean hasDeletionVectors() {
        return state.files().values().stream().anyMatch(file -> file.deletionVector() != null);
    }

    /// The file's key in the store.
    public String key(DataFile file) {
        return paths.key(file.path());
    }

    LogState state() {
        return state;
    }
}
