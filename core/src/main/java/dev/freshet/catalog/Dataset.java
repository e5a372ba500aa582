package dev.freshet.catalog;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A dataset as its Delta table describes it at one version. Immutable.
///
/// @param rows null where another engine added files without counting their rows
/// @param fingerprint of the schema
/// @param objects the data files, where they were asked for
public record Dataset(
        String name,
        @Nullable Long rows,
        long bytes,
        long version,
        String fingerprint,
        List<DatasetColumn> columns,
        Lineage lineage,
        List<DatasetObject> objects) {
    public Dataset {
        columns = List.copyOf(columns);
        objects = List.copyOf(objects);
    }

    /// That of the most sensitive column.
    public Sensitivity sensitivity() {
        return columns.stream()
                .map(DatasetColumn::sensitivity)
                .max(Comparator.naturalOrder())
                .orElse(Sensitivity.NONE);
    }
}
