package dev.freshet.source.postgres;

import dev.freshet.source.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;

/// The same on the version that this machine has installed, if it has one.
class InstalledTypesTest extends PostgresTypesTest {
    private InstalledPostgres server;

    @Override
    TestDatabase database() throws IOException, InterruptedException {
        Optional<Path> programs = InstalledPostgres.newest();
        Assumptions.assumeTrue(programs.isPresent(), "this machine has no PostgreSQL installed");
        server = InstalledPostgres.start(programs.get());
        return server.database();
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
