package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.checkpoint.StateFormat;
import dev.freshet.table.DataFile;
import java.util.ArrayList;
import java.util.List;

/// A split whose rows are in data files, complete and visible; no files if it had no rows.
record DoneSplit(Split split, long rows, List<DataFile> files) {
    static final StateFormat<DoneSplit> FORMAT = new StateFormat<>() {
        @Override
        public JsonNode write(DoneSplit done) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("from", done.split.from()).put("to", done.split.to()).put("rows", done.rows);
            ArrayNode files = node.putArray("files");
            done.files.forEach(file -> files.add(file.json()));
            return node;
        }

        @Override
        public DoneSplit read(JsonNode node) {
            List<DataFile> files = new ArrayList<>();
            node.required("files").forEach(file -> files.add(DataFile.of(file.textValue())));
            Split split = new Split(
                    node.required("from").textValue(), node.required("to").textValue());
            return new DoneSplit(split, node.required("rows").longValue(), files);
        }
    };

    DoneSplit {
        files = List.copyOf(files);
    }

    long bytes() {
        return files.stream().mapToLong(DataFile::bytes).sum();
    }
}
