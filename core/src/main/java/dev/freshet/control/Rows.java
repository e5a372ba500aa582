package dev.freshet.control;

import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// All rows of the control table at one version, sorted by task. Immutable.
final class Rows implements Iterable<TaskRow> {
    private static final Rows NONE = new Rows(new TreeMap<>());

    private final SortedMap<String, TaskRow> byTask;

    private Rows(SortedMap<String, TaskRow> byTask) {
        this.byTask = byTask;
    }

    static Rows none() {
        return NONE;
    }

    static Rows of(Collection<TaskRow> rows) {
        return NONE.with(rows);
    }

    Optional<TaskRow> of(String task) {
        return Optional.ofNullable(byTask.get(task));
    }

    /// These rows, each in the place of the one for its task if there was one.
    Rows with(Collection<TaskRow> rows) {
        SortedMap<String, TaskRow> copy = new TreeMap<>(byTask);
        rows.forEach(row -> copy.put(row.task(), row));
        return new Rows(copy);
    }

    List<TaskRow> list() {
        return List.copyOf(byTask.values());
    }

    @Override
    public Iterator<TaskRow> iterator() {
        return Collections.unmodifiableCollection(byTask.values()).iterator();
    }
}
