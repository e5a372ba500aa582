package dev.freshet.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.ColumnType;
import dev.freshet.parquet.ColumnStatistics;
import dev.freshet.parquet.FileSummary;
import dev.freshet.rollup.Buckets.Span;
import dev.freshet.table.DataFile;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which files of a rollup a change of some hours touches.
class RewriterTest {
    private static final DataFile A = file("a", 0, 9, HourFiles.FILE_ROWS);
    private static final DataFile B = file("b", 10, 19, HourFiles.FILE_ROWS);
    private static final DataFile C = file("c", 20, 29, 1000);
    private static final List<DataFile> ALL = List.of(A, B, C);

    @Test
    void onlyFilesThatMeetChangedHoursAreRewritten() {
        assertThat(Rewriter.replaced(ALL, Buckets.span(12, 14))).containsExactly(B);
        assertThat(Rewriter.replaced(ALL, Buckets.span(9, 11))).containsExactly(A, B);
        assertThat(Rewriter.replaced(ALL, Buckets.of(List.of(new Span(3, 4), new Span(25, 26)))))
                .containsExactly(A, C);
    }

    @Test
    void aSmallFileGrowsWithTheHoursThatFollowAndAFullOneDoesNot() {
        assertThat(Rewriter.replaced(ALL, Buckets.span(40, 41))).containsExactly(C);
        assertThat(Rewriter.replaced(List.of(A, B), Buckets.span(40, 41))).isEmpty();
    }

    @Test
    void rowsOnBothSidesOfAFileThatStaysGoIntoFilesOfTheirOwn() {
        Buckets buckets = Buckets.of(List.of(new Span(3, 4), new Span(25, 26)));
        assertThat(Rewriter.stretches(ALL, Rewriter.replaced(ALL, buckets), buckets))
                .containsExactly(
                        new Rewriter.Stretch(Buckets.span(3, 4), List.of(A)),
                        new Rewriter.Stretch(Buckets.span(25, 26), List.of(C)));
    }

    private static DataFile file(String name, long first, long last, long rows) {
        ColumnStatistics hours =
                new ColumnStatistics("hour", ColumnType.TIMESTAMP, Buckets.start(first), Buckets.start(last), 0, true);
        return DataFile.of(name, new FileSummary(rows, 1, List.of(hours)), Instant.EPOCH);
    }
}
