package dev.freshet.event;

import org.jspecify.annotations.Nullable;

/// An entry on its way into a backlog.
///
/// @param bytes the entry, for a spill and for limits
/// @param receipt for whoever waits until the entry is stored
record Waiting(Entry entry, byte[] bytes, @Nullable Receipt receipt) {}
