package dev.freshet.ingest;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sessions that copy the parts of a table together: the first one on the caller's thread, and helpers that join its
/// snapshot, each on a thread of its own. Whoever is free takes the next part to read, and in the end what others have
/// read to encode it. A helper that does not come is done without; when one fails or the run is cancelled, all end.
///
/// Lock order: its own monitor protects every field that is not final; nothing is waited for under it.
final class JointCopy {
    private static final Duration LOOK = Duration.ofMillis(2);

    private final RunContext context;
    private final Copying copying;
    private final SourceTable table;
    private final List<Part> parts;
    private final Resources each;
    private final List<Copied> copied = new ArrayList<>();
    private final List<SourceSession> sessions = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private int next;
    private int working;
    private int readers;
    private boolean ended;
    private @Nullable Throwable failure;

    /// @param each resources of each session
    JointCopy(RunContext context, Copying copying, SourceTable table, List<Part> parts, Resources each) {
        this.context = context;
        this.copying = copying;
        this.table = table;
        this.parts = parts;
        this.each = each;
    }

    /// The rows of all parts.
    ///
    /// @param helpers how many sessions more to open; they are closed again
    List<Copied> copy(SourceSession first, int helpers, Supplier<SourceSession> opener) throws Exception {
        context.onCancel(this::cancelSessions);
        Ring ring = copying.begin(table.schema(), each.memory(), helpers + 1);
        try {
            for (int i = 0; i < helpers; i++) {
                context.host().startApart("copy " + context.task(), () -> help(opener, ring));
            }
            lead(first, ring);
            awaitHelpers();
        } finally {
            copying.end(ring);
        }
        throwFailure();
        return copied();
    }

    private void lead(SourceSession first, Ring ring) {
        if (!enter(first)) {
            return;
        }
        try {
            copyParts(first, ring);
        } catch (Throwable e) {
            fail(e);
        } finally {
            leave(first);
        }
    }

    private void help(Supplier<SourceSession> opener, Ring ring) {
        @Nullable SourceSession session = arrive(opener);
        if (session == null) {
            return;
        }
        try (session) {
            if (join(session)) {
                copyParts(session, ring);
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            leave(session);
        }
    }

    /// A session that takes part; null if there is none to be had, or no need for it any more.
    private @Nullable SourceSession arrive(Supplier<SourceSession> opener) {
        try {
            SourceSession session = opener.get();
            if (enter(session)) {
                return session;
            }
            session.close();
        } catch (FreshetException e) {
            miss(e);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        return null;
    }

    private boolean join(SourceSession session) {
        try {
            session.join(table);
            return true;
        } catch (FreshetException e) {
            miss(e);
            return false;
        }
    }

    /// Into files that go on from part to part: neither the database nor the encoder waits for a file's end.
    private void copyParts(SourceSession session, Ring ring) throws Exception {
        done(copying.copy(table, session, sink -> readParts(session, sink), ring, each.files()));
    }

    private void readParts(SourceSession session, BatchSink sink) throws InterruptedException {
        @Nullable Part part = take();
        if (part != null) {
            countReader();
        }
        while (part != null) {
            part.read(session, sink);
            part = take();
        }
    }

    private synchronized boolean enter(SourceSession session) {
        if (ended || next == parts.size()) {
            return false;
        }
        sessions.add(session);
        working++;
        return true;
    }

    private synchronized void leave(SourceSession session) {
        sessions.remove(session);
        working--;
    }

    private synchronized void miss(FreshetException why) {
        if (!ended && !missing.contains(String.valueOf(why.getMessage()))) {
            missing.add(String.valueOf(why.getMessage()));
        }
    }

    /// A part that is now the caller's; null if there are no more.
    private synchronized @Nullable Part take() {
        return ended || next == parts.size() ? null : parts.get(next++);
    }

    private synchronized void countReader() {
        readers++;
    }

    private synchronized void done(Copied rows) {
        copied.add(rows);
    }

    private synchronized List<Copied> copied() {
        return List.copyOf(copied);
    }

    private synchronized boolean isWorking() {
        return working > 0;
    }

    /// What ends one ends all; what the others then say is a consequence, as is what a cancelled one says.
    private void fail(Throwable thrown) {
        synchronized (this) {
            if (failure != null) {
                return;
            }
            failure = context.cancelled() && thrown instanceof Exception ? cancelled() : thrown;
            ended = true;
        }
        copying.stop();
        cancelSessions();
    }

    /// All at once: each may take a second.
    private void cancelSessions() {
        synchronized (this) {
            ended = true;
            sessions.forEach(session -> context.host().start("cancel " + context.task(), session::cancel));
        }
    }

    private void awaitHelpers() {
        boolean interrupted = false;
        while (isWorking()) {
            try {
                context.host().sleep(LOOK);
            } catch (InterruptedException e) {
                interrupted = true;
                fail(e);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void throwFailure() throws Exception {
        ended = true;
        switch (failure) {
            case Exception exception -> throw exception;
            case Error error -> throw error;
            case null, default -> {
                if (context.cancelled() || next < parts.size()) {
                    throw cancelled();
                }
            }
        }
    }

    private FreshetException cancelled() {
        return new FreshetException(ErrorCode.CANCELLED, table.name() + ": the run was cancelled");
    }

    /// How many sessions read something.
    synchronized int readers() {
        return readers;
    }

    /// Why helpers did not come; empty if all did.
    synchronized List<String> missing() {
        return List.copyOf(missing);
    }
}
