package dev.freshet.table;

import static dev.freshet.table.Samples.SCHEMA;
import static dev.freshet.table.Samples.TABLE;
import static dev.freshet.table.Samples.WRITTEN;
import static dev.freshet.table.Samples.always;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.host.SettableHost;
import dev.freshet.store.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which files are rewritten, and which are left alone. A file becomes 1000 bytes large.
class SmallFilesTest {
    private static final SmallFiles SMALL = new SmallFiles(1000);

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);
    private int written;

    @Test
    void neighboursInTimeAreJoinedUpToTheSize() {
        assertThat(sizes(300, 300, 300, 300, 300)).containsExactly(List.of(300L, 300L, 300L), List.of(300L, 300L));
    }

    @Test
    void aFileIsNotPutIntoOneOfWhichItIsMoreThanTwoThirds() {
        assertThat(sizes(400, 10, 10, 10)).containsExactly(List.of(10L, 10L, 10L));
        assertThat(sizes(10, 10, 400, 10, 10)).containsExactly(List.of(10L, 10L), List.of(10L, 10L));
        assertThat(sizes(90, 30, 10)).isEmpty();
        assertThat(sizes(60, 30)).containsExactly(List.of(60L, 30L));
        assertThat(sizes(501, 500, 500)).containsExactly(List.of(500L, 500L));
    }

    @Test
    void largeFilesAndLonelyOnesStay() {
        assertThat(sizes(5000, 900)).isEmpty();
        assertThat(sizes(10)).isEmpty();
    }

    @Test
    void aRowIsRewrittenAFewTimesHoweverOftenFilesAreAdded() {
        List<DataFile> files = new ArrayList<>();
        long rewritten = 0;
        for (int round = 0; round < 96; round++) {
            files.add(file("new-" + round, 10, Map.of()));
            for (FileGroup group : SMALL.groups(snapshot(files))) {
                rewritten += group.bytes();
                files.removeAll(group.files());
                files.add(file("joined-" + round, group.bytes(), Map.of()));
            }
        }
        assertThat(rewritten).as("each of 96 files of 10 bytes, up to 11 times").isLessThanOrEqualTo(96 * 10 * 11);
        assertThat(files).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void partitionsAreNotMixed() {
        List<DataFile> files = List.of(
                file("a", 10, Map.of("name", "x")),
                file("b", 10, Map.of("name", "y")),
                file("c", 10, Map.of("name", "x")),
                file("d", 10, Map.of()));
        List<FileGroup> groups = SMALL.groups(snapshot(files));
        assertThat(groups).singleElement().satisfies(group -> {
            assertThat(group.partition()).isEqualTo(Map.of("name", "x"));
            assertThat(group.files()).extracting(DataFile::path).containsExactly("a", "c");
        });
    }

    @Test
    void aTableWithDeletionVectorsIsRefusedWithTheReason() {
        Snapshot snapshot = snapshot(List.of(file("a", 10, Map.of()), file("b", 10, Map.of())));
        store.putIfAbsent(
                snapshot.table() + "/_delta_log/%020d.json".formatted(snapshot.version() + 1), """
                {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors"],"writerFeatures":["deletionVectors","domainMetadata"]}}
                {"remove":{"path":"a","deletionTimestamp":1,"dataChange":true}}
                {"add":{"path":"a","partitionValues":{},"size":10,"modificationTime":1,"dataChange":true,\
                "deletionVector":{"storageType":"u","pathOrInlineDv":"ab^-aqEH.-t@S}K{vb[*k^","offset":4,"sizeInBytes":40,"cardinality":6}}}
                """.getBytes(UTF_8));
        Snapshot newest = new DeltaTable(store, snapshot.table(), host).latest().orElseThrow();
        assertThat(SMALL.groups(newest)).isEmpty();
        assertThat(SmallFiles.refusal(newest))
                .hasValueSatisfying(why ->
                        assertThat(why).contains(snapshot.table(), "version 1", "deletion vectors", "REORG TABLE"));
        assertThat(SmallFiles.refusal(snapshot)).isEmpty();
    }

    private List<List<Long>> sizes(long... sizes) {
        List<DataFile> files = new ArrayList<>();
        for (long size : sizes) {
            files.add(file("f", size, Map.of()));
        }
        return SMALL.groups(snapshot(files)).stream()
                .map(group -> group.files().stream().map(DataFile::bytes).toList())
                .toList();
    }

    /// Named so that their order in time is not that of their names.
    private DataFile file(String name, long bytes, Map<String, String> partition) {
        written++;
        Instant time = WRITTEN.plusSeconds(written);
        String path = name.length() > 1 ? name : name.equals("f") ? (1000 - written) + "-" + name : name;
        return new DataFile(path, bytes, partition, time, FileStatistics.none());
    }

    private Snapshot snapshot(List<DataFile> files) {
        String path = TABLE + "-" + host.newId();
        DeltaTable table = new DeltaTable(store, path, host);
        table.commit(always(Change.of("WRITE")
                .shape(new TableShape(SCHEMA, List.of("name"), Map.of()))
                .add(files)));
        return table.latest().orElseThrow();
    }
}
