package dev.freshet.source.mysql;

import dev.freshet.ingest.Login;
import dev.freshet.ingest.SourceSettings;
import dev.freshet.source.InterruptibleSockets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Connection;
import org.mariadb.jdbc.Driver;

/// Opens connections through the driver, with every setting that matters given here and none by the user's
/// text.
final class MySqlConnector {
    private MySqlConnector() {}

    static MySqlSession connect(Login login, SourceSettings settings) {
        MySqlFailures failures = new MySqlFailures(login);
        try {
            Connection connection = Driver.connect(Configuration.parse(url(login), properties(login, settings)));
            if (connection == null) {
                throw new AssertionError("the driver knows its own URL");
            }
            return inDatabase(connection, login, settings, failures);
        } catch (SQLException e) {
            throw failures.connecting(e);
        }
    }

    private static MySqlSession inDatabase(
            Connection connection, Login login, SourceSettings settings, MySqlFailures failures) throws SQLException {
        MySqlSession session = new MySqlSession(connection, login, settings, failures);
        try {
            connection.setCatalog(login.database());
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    private static String url(Login login) {
        return "jdbc:mariadb://address=(host=%s)(port=%d)/".formatted(login.host(), login.port());
    }

    private static Properties properties(Login login, SourceSettings settings) {
        String sslMode = sslMode(login.parameters().getOrDefault("sslmode", "prefer"));
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty(
                "connectTimeout", Long.toString(connectTimeout(login, settings).toMillis()));
        properties.setProperty("sslMode", sslMode);
        properties.setProperty("allowPublicKeyRetrieval", Boolean.toString(sslMode.equals("disable")));
        properties.setProperty("allowLocalInfile", "false");
        properties.setProperty("allowMultiQueries", "false");
        properties.setProperty("permitRedirect", "false");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("socketFactory", InterruptibleSockets.class.getName());
        properties.setProperty(
                "connectionAttributes", "program_name:" + settings.application().replaceAll("[,:]", " "));
        @Nullable String certificate = login.parameters().get("sslrootcert");
        if (certificate != null) {
            properties.setProperty("serverSslCert", certificate);
        }
        return properties;
    }

    /// The driver's words: `allow` encrypts if the server can, `trust` insists but checks no certificate.
    private static String sslMode(String mode) {
        return switch (mode) {
            case "prefer" -> "allow";
            case "require" -> "trust";
            default -> mode;
        };
    }

    private static Duration connectTimeout(Login login, SourceSettings settings) {
        @Nullable String seconds = login.parameters().get("connect_timeout");
        return seconds == null ? settings.connectTimeout() : Duration.ofSeconds(Long.parseLong(seconds));
    }
}
