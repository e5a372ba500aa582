package dev.freshet.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The databases that a DSN can lead to, with the schemes that name them.
enum DsnType {
    POSTGRES("postgres", 5432, List.of("postgres", "postgresql")),
    MYSQL("mysql", 3306, List.of("mysql", "mariadb"));

    private final String key;
    private final int port;
    private final List<String> schemes;

    DsnType(String key, int port, List<String> schemes) {
        this.key = key;
        this.port = port;
        this.schemes = schemes;
    }

    static Optional<DsnType> ofScheme(String scheme) {
        return Arrays.stream(values())
                .filter(type -> type.schemes.contains(scheme.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    String key() {
        return key;
    }

    int defaultPort() {
        return port;
    }
}
