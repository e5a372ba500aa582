package dev.freshet.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.host.SettableHost;
import dev.freshet.parquet.DataFileWriter;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.store.MemoryStore;
import dev.freshet.table.Change;
import dev.freshet.table.DataFile;
import dev.freshet.table.Decision;
import dev.freshet.table.DeltaTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final Schema SCHEMA = Schema.of(
            new Column("id", ColumnType.LONG, false, Map.of("freshet.source_type", "bigint")),
            column("email", "text", "where to write to"),
            column("iban", "varchar(34)", ""));

    private final SettableHost host = new SettableHost();
    private final MemoryStore store = new MemoryStore(host);
    private final Catalog catalog = new Catalog(store, host);

    private static Column column(String name, String sourceType, String comment) {
        Map<String, String> metadata = new HashMap<>(ColumnNames.classify(name).metadata());
        metadata.put("freshet.source_type", sourceType);
        if (!comment.isEmpty()) {
            metadata.put("comment", comment);
        }
        return new Column(name, ColumnType.STRING, true, metadata);
    }

    private DataFile commit(String name) {
        String key = "datasets/" + name + "/part-0.parquet";
        DataFile file;
        try (DataFileWriter writer = new DataFileWriter(SCHEMA, store.upload(key), WriteOptions.defaults())) {
            Batch batch = new Batch(SCHEMA);
            batch.appendRow(1L, "a@b.c", null);
            batch.appendRow(2L, null, "DE02");
            writer.write(batch);
            file = DataFile.of("part-0.parquet", writer.finish(), host.now());
        }
        Change change = Change.replace(SCHEMA, List.of(file)).domain("freshet.ingest", """
                {"task": "ingest:customers", "source_system": "postgresql", "source_file": "dsn: postgresql://u:***@h/db",
                 "ingest_job": "scheduled-postgresql-1767225600000", "ingest_timestamp": "2026-01-01T00:00:00Z",
                 "parent_datasets": []}""");
        new DeltaTable(store, "datasets/" + name, host).commit(newest -> new Decision.Write(change));
        return file;
    }

    @Test
    void aDatasetIsWhatItsTableSays() {
        DataFile file = commit("customers");
        Dataset dataset = catalog.dataset("customers", false).orElseThrow();
        assertThat(dataset.name()).isEqualTo("customers");
        assertThat(dataset.rows()).isEqualTo(2);
        assertThat(dataset.bytes()).isEqualTo(file.bytes());
        assertThat(dataset.version()).isZero();
        assertThat(dataset.fingerprint()).isEqualTo(SCHEMA.fingerprint());
        assertThat(dataset.sensitivity()).isEqualTo(Sensitivity.FINANCIAL);
        assertThat(dataset.columns())
                .containsExactly(
                        new DatasetColumn("id", "long", "bigint", false, Sensitivity.NONE, null),
                        new DatasetColumn("email", "string", "text", true, Sensitivity.PII, "where to write to"),
                        new DatasetColumn("iban", "string", "varchar(34)", true, Sensitivity.FINANCIAL, null));
        assertThat(dataset.columns().get(1).isPii()).isTrue();
        assertThat(dataset.lineage())
                .isEqualTo(new Lineage(
                        "postgresql",
                        "dsn: postgresql://u:***@h/db",
                        "scheduled-postgresql-1767225600000",
                        "2026-01-01T00:00:00Z",
                        List.of()));
        assertThat(dataset.objects()).isEmpty();
    }

    @Test
    void objectsAreShownWhenAskedFor() {
        DataFile file = commit("customers");
        assertThat(catalog.dataset("customers", true).orElseThrow().objects())
                .containsExactly(new DatasetObject(
                        "memory://", "datasets/customers/part-0.parquet", file.bytes(), file.modified()));
    }

    @Test
    void datasetsAreListedByNameAndAFolderWithoutATableIsNone() {
        commit("orders");
        commit("customers");
        store.putIfAbsent("datasets/upload/part-0.parquet", new byte[4]);
        assertThat(catalog.datasets()).extracting(Dataset::name).containsExactly("customers", "orders");
        assertThat(catalog.dataset("upload", false)).isEmpty();
    }

    @Test
    void aTableThatCannotBeReadDoesNotHideTheOthers() {
        commit("orders");
        store.putIfAbsent("datasets/broken/_delta_log/00000000000000000000.json", "no json".getBytes(UTF_8));
        assertThat(catalog.datasets()).extracting(Dataset::name).containsExactly("orders");
    }
}
