package dev.freshet.simulation;

import java.util.Map;

/// The control table at one version.
///
/// @param nanos when the version came to be, by true time
record ControlVersion(long version, long nanos, Map<String, ControlRow> rows) {
    /// A line for each row.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        rows.values().forEach(row -> text.append("%14.6f  control %d  %s%n".formatted(nanos / 1e9, version, row)));
        return text.toString().stripTrailing();
    }
}
