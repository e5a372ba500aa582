package dev.freshet.ingest;

import dev.freshet.schedule.RunContext;
import java.util.function.Supplier;

/// The session through which a run reads, and the one after it should it break. Confined to one thread, but for
/// [#another()].
final class SourceLink implements AutoCloseable {
    private final RunContext context;
    private final Supplier<SourceSession> opener;
    private SourceSession session;

    SourceLink(RunContext context, Supplier<SourceSession> opener) {
        this.context = context;
        this.opener = opener;
        this.session = open(context, opener);
    }

    private static SourceSession open(RunContext context, Supplier<SourceSession> opener) {
        SourceSession opened = opener.get();
        context.onCancel(opened::cancel);
        return opened;
    }

    SourceSession session() {
        return session;
    }

    /// Opens one more session, which is the caller's.
    SourceSession another() {
        return opener.get();
    }

    /// Takes another session, which has seen nothing yet.
    void renew() {
        session.close();
        session = open(context, opener);
    }

    @Override
    public void close() {
        session.close();
    }
}
