package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A command that does little starts quickly: what it needs lies ready in the JDK's cache, which `./freshet` makes from
/// a training run.
class QuickStartTest {
    @RegisterExtension
    final Stage stage = new Stage();

    @Test
    void aSmallCopyFindsNearlyAllOfItsClassesInTheCache() throws IOException {
        List<String> loaded = loadedByASmallCopy();

        assertThat(loaded).anyMatch(line -> line.contains("dev.freshet.ingest.IngestTask "));
        assertThat(loaded.stream().filter(line -> line.contains("source: shared objects file")))
                .hasSizeGreaterThan(loaded.size() * 9 / 10);
        // Those of the commands that were not asked for are not even made.
        assertThat(loaded).noneMatch(line -> line.contains("dev.freshet.cli.ServeCommand "));
    }

    /// Once a virtual thread waited for a network, the Java runtime takes 0.3 seconds more to end.
    @Test
    void aSmallCopyWaitsForItsDatabaseOnNoVirtualThread() throws IOException {
        assertThat(loadedByASmallCopy())
                .anyMatch(line -> line.contains("sun.nio.ch.SocketChannelImpl "))
                .noneMatch(line -> line.contains("sun.nio.ch.Poller "));
    }

    /// A line for each class that the Java runtime loaded.
    private List<String> loadedByASmallCopy() throws IOException {
        Database database = Postgres.newDatabase();
        database.run("CREATE TABLE few (id int, name text)", "INSERT INTO few VALUES (1, 'one'), (2, null)");
        Path log = stage.folder().resolve("classes.log");
        stage.set("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
        stage.ok("ingest", "--from", database.dsn(), "--table", "few");
        return Files.readAllLines(log);
    }
}
