package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.DeletionVectorDescriptor;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// What Kernel read from a log, in the terms of this package.
final class KernelActions {
    private KernelActions() {}

    static TableProtocol protocol(Protocol protocol) {
        return new TableProtocol(
                protocol.getMinReaderVersion(),
                protocol.getMinWriterVersion(),
                protocol.getReaderFeatures(),
                protocol.getWriterFeatures());
    }

    static ObjectNode metadata(Metadata metadata) {
        ObjectNode node = Json.object();
        node.put("id", metadata.getId());
        metadata.getName().ifPresent(name -> node.put("name", name));
        metadata.getDescription().ifPresent(description -> node.put("description", description));
        metadata.getCreatedTime().ifPresent(time -> node.put("createdTime", time));
        node.put("schemaString", metadata.getSchemaString());
        var columns = node.putArray("partitionColumns");
        VectorUtils.<String>toJavaList(metadata.getPartitionColumns()).forEach(columns::add);
        var configuration = node.putObject("configuration");
        metadata.getConfiguration().forEach(configuration::put);
        return node;
    }

    static Map<String, String> domains(SnapshotImpl snapshot) {
        Map<String, String> domains = new LinkedHashMap<>();
        snapshot.getActiveDomainMetadataMap().forEach((name, domain) -> domains.put(name, domain.getConfiguration()));
        return domains;
    }

    static Map<ActiveFile.Key, ActiveFile> files(Engine engine, SnapshotImpl snapshot, FilePaths paths) {
        Map<ActiveFile.Key, ActiveFile> files = new LinkedHashMap<>();
        ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
        try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
            while (batches.hasNext()) {
                collect(batches.next(), paths, files);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static void collect(FilteredColumnarBatch batch, FilePaths paths, Map<ActiveFile.Key, ActiveFile> files)
            throws IOException {
        try (CloseableIterator<Row> rows = batch.getRows()) {
            while (rows.hasNext()) {
                AddFile add = new AddFile(rows.next().getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
                ActiveFile file = Replay.active(paths, addition(add));
                files.put(file.key(), file);
            }
        }
    }

    private static ObjectNode addition(AddFile add) {
        ObjectNode node = Json.object();
        node.put("path", add.getPath());
        ObjectNode values = node.putObject("partitionValues");
        toMap(add.getPartitionValues()).forEach(values::put);
        node.put("size", add.getSize());
        node.put("modificationTime", add.getModificationTime());
        add.getStatsJson().ifPresent(stats -> node.put("stats", stats));
        add.getDeletionVector().ifPresent(vector -> node.set("deletionVector", deletionVector(vector)));
        return node;
    }

    private static Map<String, String> toMap(MapValue values) {
        return VectorUtils.toJavaMap(values);
    }

    private static JsonNode deletionVector(DeletionVectorDescriptor vector) {
        ObjectNode node = Json.object();
        node.put("storageType", vector.getStorageType());
        node.put("pathOrInlineDv", vector.getPathOrInlineDv());
        vector.getOffset().ifPresent(offset -> node.put("offset", offset));
        node.put("sizeInBytes", vector.getSizeInBytes());
        node.put("cardinality", vector.getCardinality());
        return node;
    }
}
