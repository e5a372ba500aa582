package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The memory of a copy does not grow with its table: what it needs stays young until it is collected, so the old part
/// of the heap stays as it is once the copy has begun.
class LongCopyTest {
    private static final int ROWS = 4_000_000;
    private static final int ENOUGH = 20;
    private static final int BEGUN = 10;
    private static final int NEXT_TO_NOTHING_KB = 1_000;
    private static final Pattern OLD = Pattern.compile("Tenured: .*->(\\d+)K");

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
        stage.set("JDK_JAVA_OPTIONS", "-Xlog:gc,gc+heap=info:file=" + log);
        FreshetProcess copy = stage.run("ingest", "--from", database.dsn(), "--table", "hashes", "--connections", "1");
        assertThat(copy.exit()).as(copy.toString()).isZero();
        String collections = Files.readString(log);
        assertThat(collections).doesNotContain("Pause Full");
        List<Integer> old =
                OLD.matcher(collections).results().map(LongCopyTest::kilobytes).toList();
        assertThat(old).hasSizeGreaterThan(ENOUGH);
        assertThat(old.getLast() - old.get(BEGUN))
                .as("growth of the old in %s", old)
                .isLessThan(NEXT_TO_NOTHING_KB);
    }

    private static int kilobytes(MatchResult size) {
        return Integer.parseInt(size.group(1));
    }
}
