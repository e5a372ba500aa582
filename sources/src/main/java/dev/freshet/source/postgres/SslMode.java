package dev.freshet.source.postgres;

import java.util.Locale;

/// What `sslmode` says about encryption, as libpq understands it.
enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    static SslMode of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /// Whether to encrypt at the first attempt.
    boolean encryptsFirst() {
        return compareTo(PREFER) >= 0;
    }

    /// Whether a server that cannot encrypt is refused.
    boolean insists() {
        return compareTo(REQUIRE) >= 0;
    }

    /// Whether the server's certificate must come from a known authority.
    boolean verifies() {
        return compareTo(VERIFY_CA) >= 0;
    }

    /// Whether the certificate must be for the host that was asked.
    boolean checksHost() {
        return this == VERIFY_FULL;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
