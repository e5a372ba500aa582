package dev.freshet.ingest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A DSN taken apart.
record DsnParts(
        String text,
        DsnType type,
        Credential user,
        Credential password,
        String host,
        int port,
        String database,
        Map<String, String> parameters) {
    DsnParts {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    @Override
    public String toString() {
        return Redaction.redact(text);
    }
}
