package dev.freshet.ingest;

import dev.freshet.batch.Batch;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import org.jspecify.annotations.Nullable;

/// Moves rows into data files: one thread reads and decodes, this one encodes. When either fails or the ring is
/// closed, the other ends too, and the session with it.
final class Loading {
    private final RunContext context;
    private final SourceSession session;
    private final String table;
    private final Ring ring;

    Loading(RunContext context, SourceSession session, String table, Ring ring) {
        this.context = context;
        this.session = session;
        this.table = table;
        this.ring = ring;
    }

    /// Where the rows come from.
    interface Rows {
        void into(BatchSink sink) throws InterruptedException;
    }

    /// @param progress hears of every batch that is in the files
    void into(PartFiles files, Rows rows, Runnable progress) throws Exception {
        context.host().startApart("read " + context.task(), () -> read(rows));
        boolean complete = false;
        try {
            encode(files, progress);
            complete = true;
        } catch (Ring.SourceFailure e) {
            rethrow(e.thrown());
        } finally {
            ring.close();
            if (!complete) {
                session.cancel();
            }
            ring.awaitEnd();
        }
    }

    private void read(Rows rows) {
        @Nullable Throwable failure = null;
        try {
            rows.into(ring);
        } catch (Throwable e) {
            failure = e;
        } finally {
            ring.end(failure);
        }
    }

    private void encode(PartFiles files, Runnable progress) throws InterruptedException, Ring.SourceFailure {
        for (Batch batch = next(); batch != null; batch = next()) {
            files.write(batch);
            ring.recycle(batch);
            progress.run();
        }
    }

    private @Nullable Batch next() throws InterruptedException, Ring.SourceFailure {
        try {
            return ring.next();
        } catch (InterruptedException e) {
            if (context.cancelled()) {
                throw new FreshetException(ErrorCode.CANCELLED, table + ": the run was cancelled", e);
            }
            throw e;
        }
    }

    private void rethrow(Throwable thrown) throws Exception {
        switch (thrown) {
            case Error error -> throw error;
            case Exception exception -> throw exception;
            default -> throw new FreshetException(ErrorCode.INTERNAL, table + ": reading failed", thrown);
        }
    }
}
