package dev.freshet.e2e;

import java.time.Duration;

/// How often the table of that name is copied into the dataset of that name.
///
/// @param sinceCompletion whether a due time counts from the end of the run before it, or from its due time
record Rhythm(String id, Duration interval, boolean sinceCompletion) {}
