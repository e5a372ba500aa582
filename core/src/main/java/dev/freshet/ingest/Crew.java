package dev.freshet.ingest;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sessions that copy the parts of a table together: the first one on the caller's thread, and helpers that join its
/// snapshot, each on a thread of its own. Whoever is free takes the next part. A helper that does not come is done
/// without; when one fails or the run is cancelled, all end.
///
/// Lock order: its own monitor protects every field that is not final; nothing is waited for under it.
final class Crew {
    private static final Duration LOOK = Duration.ofMillis(2);

    private final RunContext context;
    private final Copying copying;
    private final SourceTable table;
    private final List<Part> parts;
    private final Resources resources;
    private final @Nullable Copied[] copied;
    private final List<SourceSession> sessions = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private int next;
    private int working;
    private int worked;
    private boolean ended;
    private @Nullable Throwable failure;

    /// @param resources of each session
    Crew(RunContext context, Copying copying, SourceTable table, List<Part> parts, Resources resources) {
        this.context = context;
        this.copying = copying;
        this.table = table;
        this.parts = parts;
        this.resources = resources;
        this.copied = new Copied[parts.size()];
    }

    /// All parts, in their order.
    ///
    /// @param helpers how many sessions more to open; they are closed again
    List<Copied> copy(SourceSession first, int helpers, Supplier<SourceSession> opener) throws Exception {
        context.onCancel(this::cancelSessions);
        for (int i = 0; i < helpers; i++) {
            context.host().start("copy " + context.task(), () -> help(opener));
        }
        lead(first);
        awaitHelpers();
        throwFailure();
        return Arrays.stream(copied).map(Objects::requireNonNull).toList();
    }

    private void lead(SourceSession first) {
        boolean _ = enter(first);
        try {
            copyParts(first);
        } catch (Throwable e) {
            fail(e);
        } finally {
            leave(first);
        }
    }

    private void help(Supplier<SourceSession> opener) {
        @Nullable SourceSession session = arrive(opener);
        if (session == null) {
            return;
        }
        try (session) {
            if (join(session)) {
                copyParts(session);
            }
        } catch (Throwable e) {
            fail(e);
        } finally {
            leave(session);
        }
    }

    /// A session that belongs to the crew; null if there is none to be had, or no need for it any more.
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

    private void copyParts(SourceSession session) throws Exception {
        int taken = 0;
        for (int i = take(); i >= 0; i = take()) {
            Part part = parts.get(i);
            done(i, copying.copy(table, session, sink -> part.read(session, sink), resources));
            taken++;
        }
        if (taken > 0) {
            worked();
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

    /// The number of a part that is now the caller's; -1 if there are no more.
    private synchronized int take() {
        return ended || next == parts.size() ? -1 : next++;
    }

    private synchronized void done(int part, Copied rows) {
        copied[part] = rows;
    }

    private synchronized void worked() {
        worked++;
    }

    private synchronized boolean isWorking() {
        return working > 0;
    }

    /// What ends one ends all; what the others then say is a consequence.
    private void fail(Throwable thrown) {
        synchronized (this) {
            if (failure != null) {
                return;
            }
            failure = thrown;
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
                if (context.cancelled()) {
                    throw new FreshetException(ErrorCode.CANCELLED, table.name() + ": the run was cancelled");
                }
            }
        }
    }

    /// How many sessions copied something.
    synchronized int size() {
        return worked;
    }

    /// Why helpers did not come; empty if all did.
    synchronized List<String> missing() {
        return List.copyOf(missing);
    }
}
