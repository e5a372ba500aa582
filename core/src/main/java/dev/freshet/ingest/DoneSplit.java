package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.checkpoint.StateFormat;
import dev.freshet.table.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A split whose rows are in data files.
record DoneSplit(Split split, Copied copied) {
    private static final String MENDED = "made_to_fit";

    static final StateFormat<DoneSplit> FORMAT = new StateFormat<>() {
        @Override
        public JsonNode write(DoneSplit done) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("from", done.split.from()).put("to", done.split.to()).put("rows", done.rows());
            ArrayNode files = node.putArray("files");
            done.files().forEach(file -> files.add(file.json()));
            ObjectNode mended = node.putObject(MENDED);
            done.copied.mended().forEach(mended::put);
            return node;
        }

        @Override
        public DoneSplit read(JsonNode node) {
            List<DataFile> files = new ArrayList<>();
            node.required("files").forEach(file -> files.add(DataFile.of(file.textValue())));
            Split split = new Split(
                    node.required("from").textValue(), node.required("to").textValue());
            Map<String, Long> mended = new TreeMap<>();
            // A checkpoint of before there were such counts has none.
            node.path(MENDED)
                    .properties()
                    .forEach(
                            count -> mended.put(count.getKey(), count.getValue().longValue()));
            return new DoneSplit(split, new Copied(node.required("rows").longValue(), files, mended));
        }
    };

    long rows() {
        return copied.rows();
    }

    long bytes() {
        return copied.bytes();
    }

    List<DataFile> files() {
        return copied.files();
    }
}
