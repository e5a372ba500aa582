package dev.freshet.control;

import dev.freshet.host.Guard;
import dev.freshet.table.Fence;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Everything besides the rows that a decision is made from.
///
/// @param fence what claims get when the decision becomes the next version
/// @param now the wall clock, for the row's times
/// @param nanos the ticker, from before the commit is sent
/// @param expired this process's verdict on a row's lease
/// @param keeps whether a rule of the protocol is kept
record Moment(
        Pod pod,
        Fence fence,
        Instant now,
        long nanos,
        Supplier<String> tokens,
        Predicate<TaskRow> expired,
        Predicate<Guard> keeps) {}
