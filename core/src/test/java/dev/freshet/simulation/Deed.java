package dev.freshet.simulation;

/// Something that became part of the lake: a numbered file or a data file that was created.
///
/// @param nanos true time
record Deed(String key, byte[] content, long nanos) {}
