package dev.freshet.source.postgres;

import dev.freshet.ingest.Login;
import dev.freshet.ingest.SourceSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Opens connections through the driver, with every setting that matters given here and none by the user's
/// text.
final class PostgresConnector {
    private static final int CANCEL_SECONDS = 1;

    private PostgresConnector() {}

    static PostgresSession connect(Login login, SourceSettings settings) {
        PostgresFailures failures = new PostgresFailures(login);
        try {
            Connection connection = new Driver().connect(url(login), properties(login, settings));
            if (connection == null) {
                throw new AssertionError("the driver knows its own URL");
            }
            return new PostgresSession(new DriverChannel(connection), login, settings, failures);
        } catch (SQLException e) {
            throw failures.connecting(DriverChannel.failure(e));
        }
    }

    private static String url(Login login) {
        String host = login.host().indexOf(':') >= 0 ? "[" + login.host() + "]" : login.host();
        return "jdbc:postgresql://" + host + ":" + login.port() + "/";
    }

    private static Properties properties(Login login, SourceSettings settings) {
        Properties properties = new Properties();
        PGProperty.PG_DBNAME.set(properties, login.database());
        PGProperty.USER.set(properties, login.user());
        PGProperty.PASSWORD.set(properties, login.password());
        int seconds = Math.toIntExact(connectTimeout(login, settings).toSeconds());
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, 2 * seconds);
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, CANCEL_SECONDS);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.ALLOW_ENCODING_CHANGES.set(properties, true);
        PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        PGProperty.APPLICATION_NAME.set(
                properties, login.parameters().getOrDefault("application_name", settings.application()));
        set(properties, PGProperty.SSL_MODE, login.parameters().get("sslmode"));
        set(properties, PGProperty.SSL_ROOT_CERT, login.parameters().get("sslrootcert"));
        set(properties, PGProperty.SSL_CERT, login.parameters().get("sslcert"));
        set(properties, PGProperty.SSL_KEY, login.parameters().get("sslkey"));
        return properties;
    }

    private static Duration connectTimeout(Login login, SourceSettings settings) {
        @Nullable String seconds = login.parameters().get("connect_timeout");
        return seconds == null ? settings.connectTimeout() : Duration.ofSeconds(Long.parseLong(seconds));
    }

    private static void set(Properties properties, PGProperty property, @Nullable String value) {
        if (value != null) {
            property.set(properties, value);
        }
    }
}
