package dev.freshet.source.postgres;

import dev.freshet.host.Host;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.Source;
import dev.freshet.source.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.StringJoiner;

/// A PostgreSQL, started once for all tests of this process and stopped by its end.
final class PostgresDatabase implements TestDatabase {
    private static final class Started {
        static final PostgresDatabase DATABASE = embedded();
    }

    private final int port;
    private final PostgresOptions options;

    private PostgresDatabase(int port, PostgresOptions options) {
        this.port = port;
        this.options = options;
    }

    /// One whose administrator is let in without a password.
    static PostgresDatabase at(int port) {
        return new PostgresDatabase(port, PostgresOptions.DEFAULT);
    }

    private static PostgresDatabase embedded() {
        try {
            PostgresDatabase database = at(EmbeddedPostgres.builder().start().getPort());
            database.askForPasswords();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An embedded server believes everybody; only its administrator shall be believed.
    private void askForPasswords() throws IOException {
        Files.writeString(Path.of(print("SHOW hba_file")), """
                host all postgres all trust
                host all by_md5,by_md5_wrong all md5
                host all by_word all password
                host all by_trust all trust
                host all outcast all reject
                host all all all scram-sha-256
                """);
        run("SELECT pg_reload_conf()");
    }

    static PostgresDatabase started() {
        return Started.DATABASE;
    }

    /// The same server, talked to in another way.
    PostgresDatabase by(PostgresOptions other) {
        return new PostgresDatabase(port, other);
    }

    @Override
    public Source source() {
        return new PostgresSource(options, Host.system());
    }

    @Override
    public void run(String... statements) {
        runIn("postgres", statements);
    }

    void runIn(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://localhost:" + port + "/" + database + "?user=postgres");
    }

    @Override
    public String print(String query) {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            StringJoiner lines = new StringJoiner("\n");
            while (row.next()) {
                lines.add(String.valueOf(row.getString(1)));
            }
            return lines.toString();
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    @Override
    public Login admin() {
        return login("postgres", "postgres");
    }

    Login login(String user, String password) {
        return new Login("postgres", "localhost", port, "postgres", user, password, Map.of());
    }

    @Override
    public Login newUser(String name, String password) {
        run(
                "DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = '%s') THEN DROP OWNED BY %s; DROP ROLE %s; END IF; END $$"
                        .formatted(name, name, name));
        run("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(name, password));
        return login(name, password);
    }

    @Override
    public String quote(String name) {
        return PostgresName.quote(name);
    }

    @Override
    public String endlessQuery() {
        return "SELECT generate_series(1::bigint, 1000000000000) AS n";
    }

    @Override
    public String longText(int length) {
        return "repeat('x', " + length + ")";
    }

    @Override
    public boolean reading() {
        return !print("SELECT 1 FROM pg_stat_activity WHERE application_name = 'freshet test' AND query LIKE 'COPY%'")
                .isEmpty();
    }
}
