package dev.freshet.ingest;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/// A source whose one table is a list. After its rows it ends, throws, or waits until it is cancelled.
final class ListSource implements Source, SourceSession {
    private final Schema schema;
    private final List<List<Object>> rows;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private RuntimeException failure;
    private boolean waits;
    private volatile boolean closed;

    ListSource(Schema schema, List<List<Object>> rows) {
        this.schema = schema;
        this.rows = List.copyOf(rows);
    }

    ListSource thenFailing(RuntimeException thrown) {
        failure = thrown;
        return this;
    }

    ListSource thenWaiting() {
        waits = true;
        return this;
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
        return new ListTable(request.table());
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

        ListTable(String name) {
            this.name = name;
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
            return OptionalLong.of(rows.size());
        }

        @Override
        public List<Split> splits() {
            return List.of(Split.WHOLE);
        }

        @Override
        public void read(Split split, BatchSink sink) throws InterruptedException {
            for (List<Object> row : rows) {
                Batch batch = sink.take();
                batch.appendRow(row.toArray());
                sink.give(batch);
            }
            if (waits) {
                cancelled.await();
                throw new IllegalStateException("the connection was closed");
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
