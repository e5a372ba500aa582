package dev.freshet.ingest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that a driver needs to connect, the password in plain text included. It exists only while a run
/// connects and is never stored, logged or printed: `toString` leaves the password out. `type` is `postgres` or
/// `mysql`; the parameters are those of [Dsn], checked.
public record Login(
        String type,
        String host,
        int port,
        String database,
        String user,
        String password,
        Map<String, String> parameters) {
    public Login {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// `host:port`, for messages.
    public String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /// Takes the password out of what the driver says.
    public Redaction redaction() {
        return Redaction.of(List.of(password));
    }

    @Override
    public String toString() {
        return "%s://%s:***@%s/%s".formatted(type, user, address(), database);
    }
}
