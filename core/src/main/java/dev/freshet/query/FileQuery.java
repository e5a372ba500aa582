package dev.freshet.query;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import dev.freshet.store.Store;
import dev.freshet.table.DataFile;
import dev.freshet.table.Snapshot;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The house's own SELECTs over chosen data files, with their rows as [Batch]es: for work that must read no more of a
/// table than it needs. A private engine a query, which sees those files and nothing else. One query at a time;
/// [#cancel()] may come from any thread. Fails with a `QUERY_FAILED`, `UNSUPPORTED` for a table that cannot be read.
public final class FileQuery {
    private final Store store;
    private final QueryLimits limits;
    private volatile @Nullable Sandbox running;
    private volatile boolean cancelled;

    /// Some files of one version of a table, under a name of their own. Every column has the type that it has in
    /// that version, whatever the files hold.
    public record Part(String name, Snapshot snapshot, List<DataFile> files) {
        public Part {
            files = List.copyOf(files);
        }
    }

    public FileQuery(Store store, QueryLimits limits) {
        this.store = store;
        this.limits = limits;
    }

    /// Runs the statement and hands its rows on, in their order.
    ///
    /// @param sql yields the columns of the schema by their places; times as microseconds since 1970, as `epoch_us`
    ///     gives them
    /// @param batchRows rows of every batch but the last
    /// @param sink gets each batch, which it must not keep
    public void run(List<Part> parts, String sql, Schema schema, int batchRows, Consumer<Batch> sink) {
        List<View> views = parts.stream()
                .map(part -> new View(
                        TableName.whole(part.name()),
                        TableFiles.of(store, part.snapshot().table(), part.snapshot(), part.files()),
                        null))
                .toList();
        Failures failures = new Failures(limits);
        try (Sandbox sandbox = Sandbox.open(limits)) {
            sandbox.show(views);
            running = sandbox;
            if (cancelled) {
                sandbox.cancel();
            }
            sandbox.read(sql, new RowReader(schema, batchRows, sink));
        } catch (SQLException e) {
            throw failures.of(e);
        } finally {
            running = null;
        }
    }

    /// Ends the query that is running, and every later one, with a failure.
    public void cancel() {
        cancelled = true;
        Sandbox sandbox = running;
        if (sandbox != null) {
            sandbox.cancel();
        }
    }
}
