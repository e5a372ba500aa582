package dev.freshet.table;

import static dev.freshet.table.Samples.TABLE;
import static dev.freshet.table.Samples.always;
import static dev.freshet.table.Samples.append;
import static dev.freshet.table.Samples.mark;
import static dev.freshet.table.Samples.paths;
import static dev.freshet.table.Samples.replace;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.PutResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Tables that other engines made or changed, written here word for word as they write them.
class ForeignWriterTest {
    private static final Instant DUE = Instant.parse("2026-01-01T06:00:00Z");
    private static final String PROTOCOL = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}";
    private static final String SPARK_DELETE = """
            {"commitInfo":{"timestamp":1767225600000,"operation":"DELETE","operationParameters":{"predicate":"[]"},\
            "engineInfo":"Apache-Spark/4.2.0 Delta-Lake/4.4.0","txnId":"spark-1"}}
            {"remove":{"path":"a","deletionTimestamp":1767225600000,"dataChange":true}}
            """;

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);
    private final DeltaTable table = new DeltaTable(store, TABLE, host);
    private final FencedWrite fenced = new FencedWrite(host);
    private long fence = 9;

    @Test
    void aForeignChangeIsRefusedByNameWhenThePolicySaysSo() {
        ingest(table, "run-a", "null", OnForeignCommit.REFUSE, replace("a", "b"));
        put(1, SPARK_DELETE);
        fenced.raise(table, "ingest", new Fence(1, 1), "ingest:orders");
        assertThatThrownBy(() -> ingest(table, "run-b", "1", OnForeignCommit.REFUSE, replace("c")))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FOREIGN_COMMIT))
                .hasMessageContainingAll(TABLE, "version 1", "DELETE", "Apache-Spark/4.2.0", "2026-01-01T00:00:00Z");
        assertThat(paths(table.latest().orElseThrow())).containsExactly("b");
    }

    @Test
    void aForeignChangeIsOverwrittenWhenThePolicySaysSo() {
        ingest(table, "run-a", "null", OnForeignCommit.PROCEED, replace("a", "b"));
        put(1, SPARK_DELETE);
        assertThat(ingest(table, "run-b", "1", OnForeignCommit.PROCEED, replace("c")))
                .isInstanceOf(CommitOutcome.Committed.class);
        assertThat(paths(table.latest().orElseThrow())).containsExactly("c");
    }

    @Test
    void aForeignChangeBeforeOurLastOneIsForgotten() {
        ingest(table, "run-a", "null", OnForeignCommit.PROCEED, replace("a", "b"));
        put(1, SPARK_DELETE);
        ingest(table, "run-b", "1", OnForeignCommit.PROCEED, replace("c"));
        assertThat(ingestAt(table, "run-c", "2", DUE.plusSeconds(9), replace("d")))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void aForeignChangeBeforeOurLastWordIsForgottenThoughThatChangedNoData() {
        ingest(table, "run-a", "null", OnForeignCommit.PROCEED, replace("a", "b"));
        put(1, SPARK_DELETE);
        ingest(table, "run-b", "1", OnForeignCommit.PROCEED, Change.of("WRITE").withoutDataChange());
        assertThat(ingestAt(table, "run-c", "2", DUE.plusSeconds(9), replace("d")))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void whatWasOursIsStillOursAfterItsLogIsCleaned() {
        ingest(table, "run-a", "null", OnForeignCommit.REFUSE, replace("a"));
        long oldest = quietYear();
        assertThat(oldest).as("the commit that changed data last is gone").isPositive();
        assertThat(ingestAt(
                        new DeltaTable(store, TABLE, host),
                        "run-b",
                        "1",
                        DUE.plus(Duration.ofDays(1)),
                        Change.of("WRITE").removeAll()))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void aForeignChangeIsRefusedByNameHoweverMuchOfTheLogIsCleaned() {
        ingest(table, "run-a", "null", OnForeignCommit.REFUSE, replace("a", "b"));
        for (int version = 1; version < 23; version++) {
            fenced.raise(table, "ingest", new Fence(1, ++fence), "ingest:orders");
        }
        put(23, SPARK_DELETE);
        assertThat(quietYear()).as("what is older is gone").isEqualTo(20);
        DeltaTable later = new DeltaTable(store, TABLE, host);
        assertThatThrownBy(() -> ingestAt(later, "run-b", "1", DUE.plus(Duration.ofDays(1)), replace("c")))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FOREIGN_COMMIT))
                .hasMessageContainingAll("version 23", "DELETE", "Apache-Spark/4.2.0");
        Change empty = Change.of("WRITE").removeAll();
        Mark mark = mark(++fence, "run-c", DUE.plus(Duration.ofDays(1)), "2");
        assertThat(fenced.commit(later, mark, new Position("1"), OnForeignCommit.PROCEED, _ -> empty))
                .isInstanceOf(CommitOutcome.Committed.class);
        assertThat(quietYear()).as("overwritten, it may go").isGreaterThan(23);
    }

    /// Nobody changes data, but the fence is raised now and then, and the log is cleaned.
    ///
    /// @return the oldest version that is kept
    private long quietYear() {
        DeltaTable idle = new DeltaTable(store, TABLE, host);
        for (int day = 0; day < 60; day++) {
            fenced.raise(idle, "ingest", new Fence(1, ++fence), "ingest:orders");
            host.pass(Duration.ofDays(6));
        }
        idle.clean(LogRetention.DEFAULT);
        return TableLog.version(
                store.list(TABLE + "/_delta_log", "0").getFirst().key());
    }

    @Test
    void pathsOfOtherEnginesAreDecoded() {
        String lake = store.uri("").toString();
        put(
                0,
                PROTOCOL + "\n" + metadata("{}") + "\n" + add("day=2026-01-01%2F/part%20one%C3%A9.parquet") + "\n"
                        + add(lake + TABLE + "/absolute%20one.parquet") + "\n" + add(lake + "other/table/two.parquet"));
        Snapshot snapshot = table.latest().orElseThrow();
        assertThat(snapshot.files().stream().map(snapshot::key))
                .containsExactlyInAnyOrder(
                        TABLE + "/day=2026-01-01//part oneé.parquet",
                        TABLE + "/absolute one.parquet",
                        "other/table/two.parquet");
    }

    @Test
    void aFileOutsideTheLakeIsNamed() {
        put(0, PROTOCOL + "\n" + metadata("{}") + "\n" + add("s3://elsewhere/x.parquet"));
        Snapshot snapshot = table.latest().orElseThrow();
        assertThatThrownBy(() -> snapshot.key(snapshot.files().getFirst()))
                .hasMessageContainingAll(TABLE, "s3://elsewhere/x.parquet", "outside the lake");
    }

    @Test
    void aTableOfAnotherEngineIsUpgradedByOurFirstCommitAndKeepsItsOwn() {
        put(0, PROTOCOL + "\n" + metadata("{\"delta.constraintless\":\"x\"}") + "\n" + add("a"));
        assertThat(ingest(
                        table,
                        "run-a",
                        "null",
                        OnForeignCommit.PROCEED,
                        Change.of("WRITE").removeAll()))
                .isInstanceOf(CommitOutcome.Committed.class);
        Snapshot ours = table.latest().orElseThrow();
        assertThat(ours.state().protocol().toWrite()).contains("appendOnly", "invariants", "domainMetadata");
        assertThat(ours.state().protocol().minReader()).isEqualTo(1);
        assertThat(ours.tableId()).isEqualTo("f-1");
        assertThat(ours.properties()).containsEntry("delta.constraintless", "x");
        assertThat(new KernelLog(store, TABLE, new TableLog(store, TABLE), new FilePaths(store, TABLE)).newest())
                .contains(ours.state());
    }

    @Test
    void deletionVectorsAreNoticedAndRemovedByTheirOwnWords() {
        String vector = ",\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":\"ab^-aqEH.-t@S}K{vb[*k^\","
                + "\"offset\":4,\"sizeInBytes\":40,\"cardinality\":6}";
        String features = "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":"
                + "[\"deletionVectors\"],\"writerFeatures\":[\"deletionVectors\"]}}";
        String statistics = ",\"stats\":\"{\\\"numRecords\\\":10}\"";
        put(
                0,
                features + "\n" + metadata("{}") + "\n"
                        + add("a").replace("true}}", "true" + statistics + vector + "}}"));
        Snapshot snapshot = table.latest().orElseThrow();
        assertThat(snapshot.hasDeletionVectors()).isTrue();
        assertThat(snapshot.rows()).hasValue(4);
        assertThatThrownBy(() -> new TableScan(store, snapshot)).hasMessageContainingAll(TABLE, "deletion vectors");
        table.commit(always(Change.of("WRITE").removeAll()));
        assertThat(table.latest().orElseThrow().files()).isEmpty();
        assertThat(new KernelLog(store, TABLE, new TableLog(store, TABLE), new FilePaths(store, TABLE)).newest())
                .contains(table.latest().orElseThrow().state());
    }

    @Test
    void whatCannotBeReadIsRefusedByName() {
        String features = "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":"
                + "[\"timeTravelBackwards\"],\"writerFeatures\":[\"timeTravelBackwards\"]}}";
        put(0, features + "\n" + metadata("{}"));
        assertUnsupported("timeTravelBackwards");
    }

    @Test
    void columnMappingIsRefusedByName() {
        put(
                0,
                PROTOCOL.replace(":1,", ":2,").replace(":2}}", ":5}}") + "\n"
                        + metadata("{\"delta.columnMapping.mode\":\"name\"}"));
        assertUnsupported("column mapping by name");
    }

    @Test
    void aColumnOfATypeThatWeHaveNoneForIsNamed() {
        put(0, PROTOCOL + "\n" + metadata("{}").replace("\\\"long\\\"", "{\\\"type\\\":\\\"map\\\"}"));
        assertUnsupported("column 'id'", "map");
    }

    private void assertUnsupported(String... words) {
        assertThatThrownBy(table::latest)
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining(TABLE)
                .hasMessageContainingAll(words);
    }

    @Test
    void whatCannotBeWrittenIsReadAndRefusedByNameWhenCommitted() {
        put(0, PROTOCOL.replace(":2}}", ":3}}") + "\n" + metadata("{\"delta.constraints.positive\":\"id > 0\"}"));
        assertThat(table.latest()).isPresent();
        assertThatThrownBy(() -> table.commit(always(append("a"))))
                .hasMessageContainingAll(TABLE, "the constraint positive");
    }

    @Test
    void anAppendOnlyTableLosesNothing() {
        put(0, PROTOCOL + "\n" + metadata("{\"delta.appendOnly\":\"true\"}") + "\n" + add("a"));
        assertThatThrownBy(() -> table.commit(always(replace("b")))).hasMessageContainingAll(TABLE, "append only");
        assertThat(table.commit(always(Change.of("WRITE").add(Samples.files("b")))))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    @Test
    void aCommitOfAnEngineWithoutIdsIsToldByItsBytes() {
        put(0, PROTOCOL + "\n" + metadata("{}"));
        assertThat(table.latest().orElseThrow().commitId()).startsWith("sha256:");
        assertThat(table.commit(always(Change.of("WRITE").add(Samples.files("b")))))
                .isInstanceOf(CommitOutcome.Committed.class);
    }

    private CommitOutcome ingest(DeltaTable table, String run, String from, OnForeignCommit policy, Change change) {
        Instant due = DUE.plusSeconds(run.charAt(run.length() - 1));
        return fenced.commit(table, mark(1, run, due, next(from)), new Position(from), policy, newest -> change);
    }

    private CommitOutcome ingestAt(DeltaTable table, String run, String from, Instant due, Change change) {
        return fenced.commit(
                table,
                mark(++fence, run, due, next(from)),
                new Position(from),
                OnForeignCommit.REFUSE,
                newest -> change);
    }

    private static String next(String from) {
        return from.equals("null") ? "1" : Integer.toString(Integer.parseInt(from) + 1);
    }

    private static String metadata(String configuration) {
        return "{\"metaData\":{\"id\":\"f-1\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":"
                + "\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\","
                + "\\\"nullable\\\":true,\\\"metadata\\\":{}}]}\",\"partitionColumns\":[],\"configuration\":"
                + configuration + ",\"createdTime\":1767225600000}}";
    }

    private static String add(String path) {
        return "{\"add\":{\"path\":\"" + path
                + "\",\"partitionValues\":{},\"size\":1,\"modificationTime\":1767225600000,\"dataChange\":true}}";
    }

    private void put(long version, String text) {
        assertThat(store.putIfAbsent(
                        TABLE + "/_delta_log/%020d.json".formatted(version), (text.strip() + "\n").getBytes(UTF_8)))
                .isEqualTo(PutResult.CREATED);
    }
}
