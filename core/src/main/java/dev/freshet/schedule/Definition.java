package dev.freshet.schedule;

import org.jspecify.annotations.Nullable;

/// A schedule as one document defines it, with the status that documents of an older system carry inside. That
/// status is taken over once, when the task's row is created.
record Definition(Schedule schedule, @Nullable ImportedStatus status) {}
