package dev.freshet.event;

import dev.freshet.batch.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Entries of one table, type and extra schema, in the order in which they were accepted: what becomes one insert.
record EventGroup(String table, String type, List<Column> columns, List<Entry> entries) {
    private record Key(String table, String type, List<Column> columns) {}

    EventGroup {
        entries = List.copyOf(entries);
    }

    /// The groups in the order of their first entries.
    static List<EventGroup> of(List<Entry> entries) {
        Map<Key, List<Entry>> groups = new LinkedHashMap<>();
        for (Entry entry : entries) {
            groups.computeIfAbsent(new Key(entry.table(), entry.type(), entry.columns()), _ -> new ArrayList<>())
                    .add(entry);
        }
        List<EventGroup> all = new ArrayList<>();
        groups.forEach((key, members) -> all.add(new EventGroup(key.table, key.type, key.columns, members)));
        return all;
    }

    Insert insert() {
        return Insert.of(entries);
    }
}
