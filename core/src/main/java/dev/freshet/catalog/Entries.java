package dev.freshet.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.Store;
import dev.freshet.table.DataFile;
import dev.freshet.table.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads entries from snapshots.
final class Entries {
    private static final String DOMAIN = "freshet.ingest";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Entries() {}

    static Dataset dataset(String name, Store store, Snapshot snapshot, boolean withObjects) {
        OptionalLong rows = snapshot.rows();
        return new Dataset(
                name,
                rows.isPresent() ? (Long) rows.getAsLong() : null,
                snapshot.bytes(),
                snapshot.version(),
                snapshot.schema().fingerprint(),
                snapshot.schema().columns().stream().map(DatasetColumn::of).toList(),
                lineage(name, snapshot),
                withObjects ? objects(store, snapshot) : List.of());
    }

    private static Lineage lineage(String name, Snapshot snapshot) {
        JsonNode domain =
                snapshot.domain(DOMAIN).map(json -> parse(name, json)).orElseGet(() -> JSON.createObjectNode());
        List<String> parents = new ArrayList<>();
        domain.path("parent_datasets").forEach(parent -> parents.add(parent.asText()));
        return new Lineage(
                text(domain, "source_system"),
                text(domain, "source_file"),
                text(domain, "ingest_job"),
                text(domain, "ingest_timestamp"),
                parents);
    }

    private static @Nullable String text(JsonNode domain, String field) {
        JsonNode value = domain.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    private static JsonNode parse(String name, String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new FreshetException(
                    ErrorCode.CORRUPT, "dataset %s: its domain %s is no JSON".formatted(name, DOMAIN), e);
        }
    }

    private static List<DatasetObject> objects(Store store, Snapshot snapshot) {
        return snapshot.files().stream()
                .map(file -> object(store, snapshot.key(file), file))
                .toList();
    }

    private static DatasetObject object(Store store, String key, DataFile file) {
        String uri = store.uri(key).toString();
        int lake = uri.lastIndexOf("/datasets/");
        return new DatasetObject(lake < 0 ? uri : uri.substring(0, lake), key, file.bytes(), file.modified());
    }
}
