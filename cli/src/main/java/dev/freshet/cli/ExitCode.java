package dev.freshet.cli;

import dev.freshet.error.ErrorCode;

/// What the process tells its caller; docs/errors.md lists them.
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int UNREACHABLE = 3;
    static final int HELD = 4;
    static final int INTERRUPTED = 130;

    private ExitCode() {}

    static int of(ErrorCode code) {
        return switch (code.kind()) {
            case WORK -> FAILED;
            case USAGE -> USAGE;
            case UNREACHABLE -> UNREACHABLE;
            case HELD -> HELD;
        };
    }
}
