package dev.freshet.catalog;

import dev.freshet.batch.Column;
import org.jspecify.annotations.Nullable;

/// A column of a dataset. `type` is Delta's, `sourceType` and `description` the source's, where it has them.
public record DatasetColumn(
        String name,
        String type,
        @Nullable String sourceType,
        boolean nullable,
        Sensitivity sensitivity,
        @Nullable String description) {
    static DatasetColumn of(Column column) {
        return new DatasetColumn(
                column.name(),
                column.type().deltaName(),
                column.metadata().get("freshet.source_type"),
                column.nullable(),
                Sensitivity.parse(column.metadata().getOrDefault(Classification.SENSITIVITY, "")),
                column.metadata().get("comment"));
    }

    /// Whether it is about a person.
    public boolean isPii() {
        return sensitivity == Sensitivity.PII;
    }
}
