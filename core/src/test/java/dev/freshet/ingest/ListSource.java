package dev.freshet.ingest;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A source whose one table is a list; the first column of a row may be its key. Each description takes a snapshot.
/// After its rows a read ends, throws, or waits until it is cancelled.
final class ListSource implements Source, SourceSession {
    private final Schema schema;
    private final List<List<Object>> rows;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final List<Split> read = new ArrayList<>();
    private String key = "";
    private Consumer<Split> beforeRead = split -> {};
    private Consumer<TableRequest> whenDescribed = request -> {};
    private RuntimeException failure;
    private boolean waits;
    private volatile boolean closed;

    ListSource(Schema schema, List<List<Object>> rows) {
        this.schema = schema;
        this.rows = new ArrayList<>(rows);
    }

    ListSource thenFailing(RuntimeException thrown) {
        failure = thrown;
        return this;
    }

    ListSource thenWaiting() {
        waits = true;
        return this;
    }

    /// The first column is the key, which calls itself this.
    ListSource keyed(String name) {
        key = name;
        return this;
    }

    /// What happens when a split is about to be read, in a snapshot that is taken already.
    ListSource beforeRead(Consumer<Split> action) {
        beforeRead = action;
        return this;
    }

    /// What happens when the table is described.
    ListSource whenDescribed(Consumer<TableRequest> action) {
        whenDescribed = action;
        return this;
    }

    /// The table itself, for others to change.
    List<List<Object>> rows() {
        return rows;
    }

    /// The splits that were read to their ends.
    List<Split> read() {
        return read;
    }

    boolean closed() {
        return closed;
    }

    boolean wasCancelled() {
        return cancelled.getCount() == 0;
    }

    @Override
    public String type() {
        return "postgres";
    }

    @Override
    public String system() {
        return "postgresql";
    }

    @Override
    public SourceSession open(Login login, SourceSettings settings) {
        return this;
    }

    @Override
    public SourceTable describe(TableRequest request) {
        whenDescribed.accept(request);
        return new ListTable(request.table(), key, rows);
    }

    @Override
    public void join(SourceTable table) {
        throw new UnsupportedOperationException("a list is read by one");
    }

    @Override
    public void cancel() {
        cancelled.countDown();
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class ListTable implements SourceTable {
        private final String name;
        private final String key;
        private final List<List<Object>> snapshot;

        ListTable(String name, String key, List<List<Object>> rows) {
            this.name = name;
            this.key = key;
            this.snapshot = new ArrayList<>(rows);
            if (!key.isEmpty()) {
                snapshot.sort(Comparator.comparingLong(ListTable::key));
            }
        }

        private static long key(List<Object> row) {
            return (Long) row.getFirst();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public OptionalLong estimatedRows() {
            return OptionalLong.of(snapshot.size());
        }

        @Override
        public Optional<String> key() {
            return Optional.of(key).filter(name -> !name.isEmpty());
        }

        @Override
        public Split cut(@Nullable String from, long length) {
            return new Split(
                    from,
                    snapshot.stream()
                            .filter(row -> from == null || key(row) >= Long.parseLong(from))
                            .skip(length)
                            .map(row -> Objects.toString(row.getFirst()))
                            .findFirst()
                            .orElse(null));
        }

        @Override
        public Parts parts(int sessions, long leastBytes) {
            return Parts.none("a list is read by one");
        }

        private boolean isIn(Split split, List<Object> row) {
            return (split.from() == null || key(row) >= Long.parseLong(split.from()))
                    && (split.to() == null || key(row) < Long.parseLong(split.to()));
        }

        @Override
        public void read(Split split, BatchSink sink) throws InterruptedException {
            beforeRead.accept(split);
            for (List<Object> row : snapshot) {
                if (split.equals(Split.WHOLE) || isIn(split, row)) {
                    Batch batch = sink.take();
                    batch.appendRow(row.toArray());
                    sink.give(batch);
                }
            }
            if (waits) {
                cancelled.await();
                throw new IllegalStateException("the connection was closed");
            }
            if (failure != null) {
                throw failure;
            }
            read.add(split);
        }
    }
}
