package dev.freshet.source.postgres;

import dev.freshet.ingest.Login;
import dev.freshet.source.InterruptibleSockets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/// Opens connections through the JDBC driver, with every setting that matters given here and none by the user's text.
final class DriverConnector {
    private static final int CANCEL_SECONDS = 1;

    private final Login login;
    private final String application;
    private final Duration connectTimeout;
    private final Duration silence;

    DriverConnector(Login login, String application, Duration connectTimeout, Duration silence) {
        this.login = login;
        this.application = application;
        this.connectTimeout = connectTimeout;
        this.silence = silence;
    }

    Channel connect() throws PostgresException {
        try {
            Connection connection = new Driver().connect(url(), properties());
            if (connection == null) {
                throw new AssertionError("the driver knows its own URL");
            }
            return new DriverChannel(connection);
        } catch (SQLException e) {
            throw DriverChannel.failure(e);
        }
    }

    private String url() {
        String host = login.host().indexOf(':') >= 0 ? "[" + login.host() + "]" : login.host();
        return "jdbc:postgresql://" + host + ":" + login.port() + "/";
    }

    private Properties properties() {
        Properties properties = new Properties();
        PGProperty.PG_DBNAME.set(properties, login.database());
        PGProperty.USER.set(properties, login.user());
        PGProperty.PASSWORD.set(properties, login.password());
        int seconds = Math.toIntExact(connectTimeout.toSeconds());
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, 2 * seconds);
        PGProperty.SOCKET_TIMEOUT.set(properties, Math.toIntExact(silence.toSeconds()));
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, CANCEL_SECONDS);
        PGProperty.SOCKET_FACTORY.set(properties, InterruptibleSockets.class.getName());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.ALLOW_ENCODING_CHANGES.set(properties, true);
        PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        PGProperty.APPLICATION_NAME.set(properties, application);
        set(properties, PGProperty.SSL_MODE, login.parameters().get("sslmode"));
        set(properties, PGProperty.SSL_ROOT_CERT, login.parameters().get("sslrootcert"));
        set(properties, PGProperty.SSL_CERT, login.parameters().get("sslcert"));
        set(properties, PGProperty.SSL_KEY, login.parameters().get("sslkey"));
        return properties;
    }

    private static void set(Properties properties, PGProperty property, @Nullable String value) {
        if (value != null) {
            property.set(properties, value);
        }
    }
}
