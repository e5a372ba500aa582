/// What happened: events, recorded without making anybody wait and kept as Delta tables under `events/`, partitioned
/// by day. The entry is [EventRecorder]; its rule: an event that was accepted is stored, or counted as dropped.
@NullMarked
package dev.freshet.event;

import org.jspecify.annotations.NullMarked;
