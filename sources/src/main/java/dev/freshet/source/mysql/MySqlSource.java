package dev.freshet.source.mysql;

import dev.freshet.ingest.Login;
import dev.freshet.ingest.Source;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.SourceSettings;

/// Reads tables and views of MariaDB 10.6 and later and of MySQL 8. A user that may `SELECT` suffices. Tables
/// of engines without transactions, such as MyISAM, have no snapshot and are read as they are at each moment.
/// Stateless, safe for use by many threads.
public final class MySqlSource implements Source {
    @Override
    public String type() {
        return "mysql";
    }

    @Override
    public String system() {
        return "mysql";
    }

    @Override
    public SourceSession open(Login login, SourceSettings settings) {
        return MySqlConnector.connect(login, settings);
    }
}
