package dev.freshet.source.postgres;

import dev.freshet.source.TestDatabase;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/// The same on the version that this machine has installed, if it has one.
class InstalledTypesTest extends PostgresTypesTest {
    private InstalledPostgres server;

    @Override
    TestDatabase database() throws IOException, InterruptedException {
        server = InstalledPostgres.startOrSkip();
        return server.database();
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
