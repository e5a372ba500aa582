package dev.freshet.source.postgres;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;

/// The same on the version that this machine has installed, if it has one.
class InstalledPartsTest extends PostgresPartsTest {
    private InstalledPostgres server;

    @Override
    PostgresDatabase database() throws IOException, InterruptedException {
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
