package dev.freshet.checkpoint;

import dev.freshet.table.Fence;

/// The right to write the checkpoints of one owner, as a lease gives it. Immutable; the fence tells holders
/// apart, and one with a lower fence writes nothing once another has opened the same checkpoints.
///
/// @param owner the task's name, such as `rollup:task_usage_hourly`
/// @param check throws when too much of the lease has passed; asked before each change
public record Tenure(String owner, Fence fence, Runnable check) {}
