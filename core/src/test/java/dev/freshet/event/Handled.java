package dev.freshet.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A handler that keeps what it is given, and does as a test says before.
final class Handled implements EventHandler {
    final List<EventBatch> batches = new ArrayList<>();
    final Map<String, Integer> attempts = new TreeMap<>();
    Consumer<EventBatch> before = _ -> {};

    @Override
    public void store(EventBatch batch) {
        attempts.merge(batch.table(), 1, Integer::sum);
        before.accept(batch);
        batches.add(batch);
    }

    List<Entry> entries() {
        return batches.stream()
                .flatMap(batch -> batch.groups().stream())
                .flatMap(group -> group.entries().stream())
                .toList();
    }

    List<Entry> entries(String table) {
        return entries().stream().filter(entry -> entry.table().equals(table)).toList();
    }

    static EventRecorder recorder(BatonHost host, RecorderOptions options, Handled handler) {
        return new EventRecorder(host, options, new EventRecorder.Handlers(handler, handler), null);
    }
}
