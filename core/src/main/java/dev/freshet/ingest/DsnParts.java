package dev.freshet.ingest;

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
        parameters = Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return Redaction.redact(text);
    }
}
