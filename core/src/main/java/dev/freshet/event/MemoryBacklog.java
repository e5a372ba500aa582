package dev.freshet.event;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A backlog in this process's memory, bounded in entries and bytes. Its lock protects all fields and is held for
/// moments only.
final class MemoryBacklog implements Backlog {
    /// An entry without its bytes, which only a disk needs.
    private record Held(Entry entry, int bytes, @Nullable Receipt receipt) {}

    private final String table;
    private final int mostEntries;
    private final long mostBytes;
    private final Deque<Held> waiting = new ArrayDeque<>();
    private long bytes;
    private int takenEntries;
    private long takenBytes;
    private @Nullable Taken taken;

    MemoryBacklog(String table, int mostEntries, long mostBytes) {
        this.table = table;
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    @Override
    public synchronized boolean offer(Waiting entry) {
        if (size() >= mostEntries || bytes() + entry.bytes().length > mostBytes) {
            return false;
        }
        waiting.add(new Held(entry.entry(), entry.bytes().length, entry.receipt()));
        bytes += entry.bytes().length;
        return true;
    }

    @Override
    public synchronized Optional<Taken> take(int maxBytes) {
        if (taken == null && !waiting.isEmpty()) {
            taken = next(maxBytes);
        }
        return Optional.ofNullable(taken);
    }

    private Taken next(int maxBytes) {
        List<Entry> entries = new ArrayList<>();
        List<Receipt> receipts = new ArrayList<>();
        for (Held next = waiting.peek(); next != null; next = waiting.peek()) {
            if (!entries.isEmpty() && takenBytes + next.bytes > maxBytes) {
                break;
            }
            waiting.remove();
            takenBytes += next.bytes;
            entries.add(next.entry);
            if (next.receipt != null) {
                receipts.add(next.receipt);
            }
        }
        takenEntries = entries.size();
        bytes -= takenBytes;
        return new Taken(new EventBatch(table, entries, List.of(), _ -> {}), receipts);
    }

    @Override
    public synchronized void acknowledge() {
        Objects.requireNonNull(taken, "nothing was taken");
        taken = null;
        takenEntries = 0;
        takenBytes = 0;
    }

    @Override
    public void secure() {
        // memory is all there is
    }

    @Override
    public synchronized int size() {
        return waiting.size() + takenEntries;
    }

    @Override
    public synchronized long bytes() {
        return bytes + takenBytes;
    }

    @Override
    public void close() {
        // it ends with the process
    }
}
