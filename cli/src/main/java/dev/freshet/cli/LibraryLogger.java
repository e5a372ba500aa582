package dev.freshet.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/// What a library has to say, as one line; its exceptions as their messages.
final class LibraryLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    /// Delta Kernel warns of every young table that it has no checkpoint yet.
    private static final String NOISY = "io.delta.";

    /// Of what our own lower layers say, the notes are shown, too.
    private static final String OURS = "dev.freshet.";

    private final transient Loggers loggers;

    LibraryLogger(String name, Loggers loggers) {
        this.name = name;
        this.loggers = loggers;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        Log log = loggers.log();
        if (log == null) return;
        String text = MessageFormatter.basicArrayFormat(pattern, arguments);
        String message = thrown == null ? text : text + ": " + thrown;
        log.event(level(level), message, Map.of("logger", name));
    }

    private static Log.Level level(Level level) {
        return switch (level) {
            case ERROR -> Log.Level.ERROR;
            case WARN -> Log.Level.WARN;
            case INFO, DEBUG, TRACE -> Log.Level.INFO;
        };
    }

    @Override
    public boolean isErrorEnabled() {
        return loggers.log() != null;
    }

    @Override
    public boolean isWarnEnabled() {
        return loggers.log() != null && loggers.verbose() && !name.startsWith(NOISY);
    }

    @Override
    public boolean isInfoEnabled() {
        return isWarnEnabled() && name.startsWith(OURS);
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }
}
