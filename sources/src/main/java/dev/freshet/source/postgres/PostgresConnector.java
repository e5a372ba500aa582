package dev.freshet.source.postgres;

import dev.freshet.host.Host;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.SourceSettings;
import java.time.Duration;

/// Opens sessions through the client that was chosen. Safe for use by many threads.
final class PostgresConnector {
    private final PostgresOptions options;
    private final Host host;

    PostgresConnector(PostgresOptions options, Host host) {
        this.options = options;
        this.host = host;
    }

    PostgresSession session(Login login, SourceSettings settings) {
        PostgresFailures failures = new PostgresFailures(login);
        try {
            return new PostgresSession(channel(login, settings), login, settings, failures);
        } catch (PostgresException e) {
            throw failures.connecting(e);
        }
    }

    private Channel channel(Login login, SourceSettings settings) throws PostgresException {
        String application = login.parameters().getOrDefault("application_name", settings.application());
        String seconds = login.parameters().get("connect_timeout");
        Duration timeout = seconds == null ? settings.connectTimeout() : Duration.ofSeconds(Long.parseLong(seconds));
        return switch (options.client()) {
            case OWN -> new WireConnector(login, application, timeout, options.silence(), host).connect();
            case DRIVER -> new DriverConnector(login, application, timeout, options.silence()).connect();
        };
    }
}
