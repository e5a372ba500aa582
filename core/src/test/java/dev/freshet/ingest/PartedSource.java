package dev.freshet.ingest;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A source whose one table is a list of numbered rows, cut into parts of one row each, that any number of sessions may
/// read. What a session does when it opens, joins or reads is the test's to say.
final class PartedSource implements Source {
    private final int rows;
    private final Deeds deeds;
    private final AtomicInteger opened = new AtomicInteger();
    private final List<ListSession> sessions = Collections.synchronizedList(new ArrayList<>());

    PartedSource(int rows, Deeds deeds) {
        this.rows = rows;
        this.deeds = deeds;
    }

    /// The first session has the number 0.
    interface Deeds {
        default void open(int session) {}

        default void describe(TableRequest request) {}

        default void join(int session) {}

        /// Before the row is given.
        default void read(ListSession session, int row) throws InterruptedException {}
    }

    /// The rows of the table.
    static List<List<Object>> rows(int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            rows.add(Copies.row(i, "a" + i));
        }
        return rows;
    }

    List<ListSession> sessions() {
        return List.copyOf(sessions);
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
        int number = opened.getAndIncrement();
        deeds.open(number);
        ListSession session = new ListSession(number);
        sessions.add(session);
        return session;
    }

    final class ListSession implements SourceSession {
        private final int number;
        private final CountDownLatch cancelled = new CountDownLatch(1);
        private final List<Integer> read = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean joined;
        private volatile boolean closed;

        ListSession(int number) {
            this.number = number;
            this.joined = number == 0;
        }

        int number() {
            return number;
        }

        List<Integer> read() {
            return List.copyOf(read);
        }

        boolean closed() {
            return closed;
        }

        /// Waits for what the database would never say.
        void awaitCancel() throws InterruptedException {
            cancelled.await();
            throw new IllegalStateException("the connection was closed");
        }

        @Override
        public SourceTable describe(TableRequest request) {
            deeds.describe(request);
            return new NumberedTable();
        }

        @Override
        public void join(SourceTable table) {
            deeds.join(number);
            joined = true;
        }

        @Override
        public void cancel() {
            cancelled.countDown();
        }

        @Override
        public void close() {
            closed = true;
        }

        private void read(int row, BatchSink sink) throws InterruptedException {
            if (!joined || closed) {
                throw new AssertionError("session " + number + " reads, and is no part of the snapshot");
            }
            deeds.read(this, row);
            Batch batch = sink.take();
            batch.appendRow((long) row, "a" + row);
            sink.give(batch);
            read.add(row);
        }
    }

    private final class NumberedTable implements SourceTable {
        @Override
        public String name() {
            return "people";
        }

        @Override
        public Schema schema() {
            return Copies.SCHEMA;
        }

        @Override
        public OptionalLong estimatedRows() {
            return OptionalLong.of(rows);
        }

        @Override
        public Optional<String> key() {
            return Optional.empty();
        }

        @Override
        public Split cut(@Nullable String from, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Parts parts(int count, long leastBytes) {
            List<Part> parts = new ArrayList<>();
            for (int row = 0; row < rows; row++) {
                int own = row;
                parts.add((by, sink) -> ((ListSession) by).read(own, sink));
            }
            return new Parts(parts, Optional.empty());
        }

        @Override
        public void read(Split split, BatchSink sink) throws InterruptedException {
            for (int row = 0; row < rows; row++) {
                sessions.getFirst().read(row, sink);
            }
        }
    }
}
