package dev.freshet.cli;

import dev.freshet.host.Host;

/// What a command line finds around it: streams, clock, and who tells it to stop.
record Surroundings(Console console, Host host, StopSignal signal) {
    /// Tells a command that the process shall end.
    @FunctionalInterface
    interface StopSignal {
        /// Runs `stop` on another thread should the process be told to end before the command is through; then the
        /// process ends with that exit code.
        void whenStopped(int exitCode, Runnable stop);
    }
}
