package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
        assertThat(loaded)
                .filteredOn(line -> line.contains(" picocli.CommandLine"))
                .isNotEmpty()
                .allMatch(line -> line.contains("source: shared objects file"));
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

    /// To open all jars, of which Hadoop's have thirty thousand entries, takes longer than the rest of a small copy.
    @Test
    void aSmallCopyOpensFewJars() throws IOException {
        Path files = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(files), "only Linux shows which files a process has open");
        stage.set("JDK_JAVA_OPTIONS", "-Dfreshet.test.pause_at=before-data-commit");
        FreshetProcess copy = stage.start("ingest", "--from", few().dsn(), "--table", "few");
        Eventually.that("it is about to commit", () -> copy.err().contains("paused at") || !copy.isAlive());

        assertThat(jars(Path.of("/proc/" + copy.pid() + "/fd")))
                .anyMatch(jar -> jar.startsWith("freshet-cli-"))
                .noneMatch(jar -> jar.startsWith("hadoop-"))
                .hasSizeLessThan(8);
    }

    private static Set<String> jars(Path files) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(files)) {
            for (Path file : open) {
                names.add(Files.readSymbolicLink(file).getFileName().toString());
            }
        }
        names.removeIf(name -> !name.endsWith(".jar"));
        return names;
    }

    /// A server that does not encrypt costs nobody the time to prepare for it.
    @Test
    void aSmallCopyWithoutEncryptionPreparesNone() throws IOException {
        assertThat(loadedByASmallCopy()).noneMatch(line -> line.contains("sun.security.ssl.SSLContextImpl "));
    }

    /// A line for each class that the Java runtime loaded.
    private List<String> loadedByASmallCopy() throws IOException {
        Database database = few();
        Path log = stage.folder().resolve("classes.log");
        stage.set("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log);
        stage.ok("ingest", "--from", database.dsn(), "--table", "few");
        return Files.readAllLines(log);
    }

    private static Database few() {
        Database database = Postgres.newDatabase();
        database.run("CREATE TABLE few (id int, name text)", "INSERT INTO few VALUES (1, 'one'), (2, null)");
        return database;
    }
}
