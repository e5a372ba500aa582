package dev.freshet.rollup;

import dev.freshet.schedule.Names;
import java.util.Map;
import java.util.TreeMap;

/// The table of facts: the name that people use and the table's folder.
record Source(String name, String path) {
    private static final Map<String, String> FOLDERS =
            new TreeMap<>(Map.of("datasets.", "datasets/", "events.", "events/", "rollups.", "rollups/"));

    /// A plain name is a dataset's; one with a prefix says where the table lies.
    static Source of(String name) {
        for (Map.Entry<String, String> folder : FOLDERS.entrySet()) {
            if (name.startsWith(folder.getKey())) {
                String table =
                        Names.require("source", name.substring(folder.getKey().length()));
                return new Source(name, folder.getValue() + table);
            }
        }
        return new Source(name, "datasets/" + Names.require("source", name));
    }
}
