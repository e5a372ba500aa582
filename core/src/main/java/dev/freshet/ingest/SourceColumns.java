package dev.freshet.ingest;

import dev.freshet.batch.Column;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the columns of a source's table into those of a dataset, the same for every source. Stateless.
public final class SourceColumns {
    private static final String SOURCE_TYPE = "freshet.source_type";
    private static final String COMMENT = "comment";

    private SourceColumns() {}

    /// A column's metadata: the source's name of its type, and its comment unless that is empty.
    public static Map<String, String> metadata(String sourceType, String comment) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(SOURCE_TYPE, sourceType);
        if (!comment.isEmpty()) {
            metadata.put(COMMENT, comment);
        }
        return metadata;
    }

    /// The schema of a table's columns.
    ///
    /// @throws FreshetException `UNSUPPORTED` if no Delta table can have such columns
    public static Schema schema(String table, List<Column> columns) {
        if (columns.isEmpty()) {
            throw refusal(table, "it has no columns");
        }
        for (Column column : columns) {
            Column.nameFault(column.name()).ifPresent(fault -> {
                throw refusal(table, fault + "; ingest a view that renames it");
            });
        }
        try {
            return new Schema(columns);
        } catch (IllegalArgumentException e) {
            throw refusal(table, e.getMessage() + "; ingest a view that renames one");
        }
    }

    private static FreshetException refusal(String table, String why) {
        return new FreshetException(ErrorCode.UNSUPPORTED, "%s cannot be a dataset: %s".formatted(table, why));
    }
}
