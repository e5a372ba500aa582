package dev.freshet.control;

import java.time.Instant;

/// A holder's last sign of life, as the table's log tells it. For people: nothing is decided by it, for it compares
/// clocks.
///
/// @param at by the clock of who committed it
/// @param exact false if the log does not go back that far: then it was no later than `at`
public record Heartbeat(Instant at, boolean exact) {}
