package dev.freshet.ingest;

import dev.freshet.batch.Batch;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import org.jspecify.annotations.Nullable;

/// Moves rows into data files: one thread reads and decodes, this one encodes, and helps others at the same ring
/// when it has nothing to do. When one fails or the ring is closed, all end, and the session with them.
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
        Ring.Inlet inlet = ring.open();
        context.host().startApart("read " + context.task(), () -> read(rows, inlet));
        boolean complete = false;
        try {
            encode(inlet, files, progress);
            complete = true;
        } catch (Ring.Failure e) {
            rethrow(e.thrown());
        } catch (Throwable e) {
            ring.fail(e);
            throw e;
        } finally {
            if (!complete) {
                ring.close();
                session.cancel();
            }
            inlet.awaitEnd();
        }
    }

    private static void read(Rows rows, Ring.Inlet inlet) {
        @Nullable Throwable failure = null;
        try {
            rows.into(inlet);
        } catch (Throwable e) {
            failure = e;
        } finally {
            inlet.end(failure);
        }
    }

    private void encode(Ring.Inlet inlet, PartFiles files, Runnable progress)
            throws InterruptedException, Ring.Failure {
        for (Batch batch = next(inlet); batch != null; batch = next(inlet)) {
            files.write(batch);
            ring.recycle(batch);
            progress.run();
        }
    }

    private @Nullable Batch next(Ring.Inlet inlet) throws InterruptedException, Ring.Failure {
        try {
            return inlet.next();
        } catch (InterruptedException e) {
            if (context.cancelled()) {
                throw cancelled(e);
            }
            throw e;
        }
    }

    private FreshetException cancelled(Exception consequence) {
        return new FreshetException(ErrorCode.CANCELLED, table + ": the run was cancelled", consequence);
    }

    private void rethrow(Throwable thrown) throws Exception {
        switch (thrown) {
            case Error error -> throw error;
            case Exception exception -> throw context.cancelled() ? cancelled(exception) : exception;
            default -> throw new FreshetException(ErrorCode.INTERNAL, table + ": reading failed", thrown);
        }
    }
}
