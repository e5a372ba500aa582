package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.table.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How splits adapt to what a table turns out to be.
class SplitSizeTest {
    private static final long MB = 1 << 20;

    private final SplitSize size = new SplitSize(64 * MB);

    @Test
    void theFirstIsCautious() {
        assertThat(size.rows(List.of())).isEqualTo(65_536);
        assertThat(new SplitSize(1).rows(List.of())).isEqualTo(1);
    }

    @Test
    void smallRowsMakeItLongerButNotAtOnce() {
        assertThat(size.rows(List.of(done(65_536, MB)))).isEqualTo(8 * 65_536);
        assertThat(size.rows(List.of(done(100, MB), done(800, 32 * MB)))).isEqualTo(1600);
    }

    @Test
    void hugeRowsMakeItShorter() {
        assertThat(size.rows(List.of(done(65_536, 128 * MB)))).isEqualTo(32_768);
        assertThat(size.rows(List.of(done(4, 1000 * MB)))).isEqualTo(1);
    }

    @Test
    void aTerabyteIsAFewHundredSplitsAndADeathCostsASixtyFourthOfTheWork() {
        List<DoneSplit> done = new ArrayList<>();
        long bytes = 0;
        while (bytes < MB * MB) {
            long rows = size.rows(done);
            assertThat(100 * rows).isLessThanOrEqualTo(Math.max(64 * MB, bytes / 64));
            done.add(done(rows, 100 * rows));
            bytes += 100 * rows;
        }
        assertThat(done).hasSizeBetween(200, 500);
    }

    private static DoneSplit done(long rows, long bytes) {
        DataFile file =
                DataFile.of("{\"path\": \"a\", \"bytes\": %d, \"modified\": 0, \"statistics\": \"\"}".formatted(bytes));
        return new DoneSplit(Split.WHOLE, new Copied(rows, List.of(file), Map.of()));
    }
}
