package dev.freshet.event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Entries of one table that are stored together, or not at all, in the order in which they were accepted. Knows what
/// was tried with it before, here or in a process that died. Confined to the lane that it is in.
final class EventBatch {
    private final String table;
    private final Consumer<Intent> record;
    private final List<Intent> intents;
    private List<EventGroup> groups;

    /// @param intents of earlier attempts whose outcome is not known
    /// @param record keeps an intent for whoever has to go on after this process
    EventBatch(String table, List<Entry> entries, List<Intent> intents, Consumer<Intent> record) {
        this.table = table;
        this.groups = EventGroup.of(entries);
        this.intents = new ArrayList<>(intents);
        this.record = record;
    }

    String table() {
        return table;
    }

    List<EventGroup> groups() {
        return groups;
    }

    int size() {
        return groups.stream().mapToInt(group -> group.entries().size()).sum();
    }

    List<Intent> intents() {
        return List.copyOf(intents);
    }

    /// To be called before anything that may leave the batch in the lake.
    void intend(Intent intent) {
        if (!intents.contains(intent)) {
            record.accept(intent);
            intents.add(intent);
        }
    }

    void remove(Collection<EventGroup> refused) {
        groups = groups.stream().filter(group -> !refused.contains(group)).toList();
    }
}
