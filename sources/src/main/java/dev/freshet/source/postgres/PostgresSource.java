package dev.freshet.source.postgres;

import dev.freshet.host.Host;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.Source;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceSettings;

/// Reads tables, views, materialized views, partitioned and foreign tables of PostgreSQL 12 and later. A role
/// that may `SELECT` suffices; the only lock taken is `ACCESS SHARE`. Stateless, safe for use by many threads.
public final class PostgresSource implements Source {
    private final PostgresConnector connector;

    public PostgresSource(PostgresOptions options, Host host) {
        this.connector = new PostgresConnector(options, host);
    }

    @Override
    public String type() {
        return "postgres";
    }

    @Override
    public String system() {
        return "postgresql";
    }

    @Override
    public SourceSession open(Login login, SourceSettings settings) {
        return connector.session(login, settings);
    }
}
