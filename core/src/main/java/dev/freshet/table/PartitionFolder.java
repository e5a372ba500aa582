package dev.freshet.table;

import java.util.List;
import java.util.Map;

/// The folder of a partition as engines name it: `day=2026-01-01/`, with what a file name cannot hold escaped.
final class PartitionFolder {
    private static final String ESCAPED = "\"#%'*/:=?\\{}[]^<>| ";
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    private PartitionFolder() {}

    /// The beginning of the paths of the partition's data files, empty for a table without partition columns.
    static String of(List<String> columns, Map<String, String> values) {
        StringBuilder folder = new StringBuilder();
        for (String column : columns) {
            String value = values.getOrDefault(column, "");
            folder.append(escape(column))
                    .append('=')
                    .append(value.isEmpty() ? NULL : escape(value))
                    .append('/');
        }
        return folder.toString();
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c < ' ' || c == 0x7f || ESCAPED.indexOf(c) >= 0) {
                escaped.append(String.format("%%%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
