package dev.freshet.schedule;

import java.time.Instant;

/// Consecutive due times of one schedule: the first, the last, and how many there are, these two included.
record DueRange(Instant from, Instant to, long count) {}
