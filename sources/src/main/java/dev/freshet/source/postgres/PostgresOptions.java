package dev.freshet.source.postgres;

import dev.freshet.Setting;
import dev.freshet.Settings;
import java.time.Duration;

/// How PostgreSQL is talked to: by our own client or by the JDBC driver, and how long a server may be silent while we
/// wait for it, for example while it sorts, before the connection counts as dead. Immutable.
public record PostgresOptions(Client client, Duration silence) {
    /// Who speaks the protocol.
    public enum Client {
        OWN,
        DRIVER
    }

    private static final Duration LONGEST = Duration.ofDays(20);

    public static final PostgresOptions DEFAULT = new PostgresOptions(Client.OWN, Duration.ofMinutes(10));

    public PostgresOptions {
        if (!silence.isPositive() || silence.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a server's silence must end between now and 20 days");
        }
    }

    public static PostgresOptions of(Settings settings) {
        return new PostgresOptions(
                settings.choice(Setting.POSTGRES_CLIENT, Client.class),
                settings.seconds(Setting.POSTGRES_SILENCE_SECS, 1, (int) LONGEST.toSeconds()));
    }
}
