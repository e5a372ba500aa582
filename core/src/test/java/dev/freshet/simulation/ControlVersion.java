package dev.freshet.simulation;

import java.util.Map;

/// The control table at one version.
///
/// @param nanos when the version came to be, by true time
record ControlVersion(long version, long nanos, Map<String, ControlRow> rows) {}
