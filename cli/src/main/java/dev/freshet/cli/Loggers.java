package dev.freshet.cli;

import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;

/// Every library's logger: silent until a command attaches its [Log]. Safe for use by many threads.
final class Loggers implements ILoggerFactory {
    private volatile @Nullable Log log;
    private volatile boolean verbose;

    /// From now on the libraries' errors are printed, and with `verbose` their warnings and what Freshet itself notes.
    void attach(Log target, boolean alsoWarnings) {
        verbose = alsoWarnings;
        log = target;
    }

    @Nullable
    Log log() {
        return log;
    }

    boolean verbose() {
        return verbose;
    }

    @Override
    public Logger getLogger(String name) {
        return new LibraryLogger(name, this);
    }
}
