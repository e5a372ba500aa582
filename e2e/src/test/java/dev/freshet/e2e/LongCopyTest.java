package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The memory of a copy does not grow with its table: what it needs for a while is collected while it is young, so the
/// old part of the heap never fills up.
class LongCopyTest {
    private static final int ROWS = 4_000_000;
    private static final int ENOUGH = 20;

    @RegisterExtension
    final Stage stage = new Stage();

    @TempDir
    Path folder;

    @Test
    void nothingOfALongCopyGrowsOld() throws IOException {
        Database database = Postgres.newDatabase();
        database.run("CREATE TABLE hashes AS SELECT i, md5(i::text) AS a, md5((-i)::text) || md5((2 * i)::text) AS b,"
                + " md5((3 * i)::text) || md5((5 * i)::text) AS c FROM generate_series(1, " + ROWS + ") i");
        Path log = folder.resolve("gc.log");
        stage.set("FRESHET_HEAP", "100m");
        stage.set("JDK_JAVA_OPTIONS", "-Xlog:gc:file=" + log);
        FreshetProcess copy = stage.run("ingest", "--from", database.dsn(), "--table", "hashes", "--connections", "1");
        assertThat(copy.exit()).as(copy.toString()).isZero();
        String collections = Files.readString(log);
        assertThat(collections.lines().filter(line -> line.contains("Pause Young")))
                .hasSizeGreaterThan(ENOUGH);
        assertThat(collections).doesNotContain("Pause Full");
    }
}
