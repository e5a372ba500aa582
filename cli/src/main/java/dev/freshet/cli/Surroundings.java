package dev.freshet.cli;

import dev.freshet.host.Host;
import java.util.function.Consumer;

/// What a command line finds around it: streams, clock, and who tells it to stop. What is given to `onStop` runs once,
/// on another thread, when the process is told to end; then the process ends.
record Surroundings(Console console, Host host, Consumer<Runnable> onStop) {}
