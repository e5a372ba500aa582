/// Schedules, triggers, tasks, the runner and its run context, the run ledger, retry and misfire policies. A
/// schedule's kind is opaque here.
@NullMarked
package dev.freshet.schedule;

import org.jspecify.annotations.NullMarked;
