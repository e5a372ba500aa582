package dev.freshet.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the log says at one version. Immutable.
record LogState(
        CommitPoint point,
        TableProtocol protocol,
        TableMetadata metadata,
        Map<String, String> domains,
        Map<ActiveFile.Key, ActiveFile> files) {
    LogState {
        domains = Collections.unmodifiableMap(new LinkedHashMap<>(domains));
        files = Collections.unmodifiableMap(files);
    }

    long version() {
        return point.version();
    }
}
