package dev.freshet;

import dev.freshet.schedule.RunContext;

/// A numbered step from one layout of the lake to the next.
///
/// @param to the layout that it leads to
/// @param name for the record, such as `drop-daily-rollups`
/// @param what it does, in a few words
record LakeMigration(int to, String name, String what, Step step) {
    /// The work. Doing it twice must do no harm: a process may die before it is written down.
    interface Step {
        /// Returns what came of it, for people.
        String apply(RunContext context) throws Exception;
    }
}
