package dev.freshet.schedule;

/// One piece of work on one target, made for one run by its [TaskKind]. It runs on a thread of its own, commits
/// only through the [RunContext], reports progress there, and ends soon after it was cancelled. What it
/// throws fails the run; a message meant for users comes in a [dev.freshet.error.FreshetException].
public interface Task {
    /// Does the work. Every data commit happened before this returns.
    TaskResult run(RunContext context) throws Exception;
}
