package dev.freshet.ingest;

import java.util.Map;

/// Where a database is and who asks: `postgres://user:password@host:port/database?parameter=value`, or
/// `mysql://…`. User and password are percent-encoded text or a reference (`${env:NAME}`, `${file:PATH}`) that
/// is looked up only by [#login]. `toString` and every message show the password as `***`. Immutable.
public final class Dsn {
    private final DsnParts parts;

    private Dsn(DsnParts parts) {
        this.parts = parts;
    }

    /// @throws dev.freshet.error.FreshetException saying what is wrong with the text, without its password
    public static Dsn parse(String text) {
        return new Dsn(DsnParser.parse(text));
    }

    /// `postgres` or `mysql`.
    public String type() {
        return parts.type().key();
    }

    public String host() {
        return parts.host();
    }

    public int port() {
        return parts.port();
    }

    public String database() {
        return parts.database();
    }

    public Map<String, String> parameters() {
        return parts.parameters();
    }

    /// Whether the password itself stands in the text, where a definition must have a reference.
    public boolean literalPassword() {
        return parts.password().literal();
    }

    /// The text as it was given, with `***` for a password.
    public String redacted() {
        return Redaction.redact(parts.text());
    }

    /// Looks the references up.
    ///
    /// @throws dev.freshet.error.FreshetException if `secrets` refuses a reference or finds nothing behind it
    public Login login(Secrets secrets) {
        return new Login(
                type(),
                host(),
                port(),
                database(),
                parts.user().value(secrets),
                parts.password().value(secrets),
                parameters());
    }

    @Override
    public String toString() {
        return redacted();
    }
}
