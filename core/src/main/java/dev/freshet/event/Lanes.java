package dev.freshet.event;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One kind of a recorder's lanes, one for each table, made when first needed. The map's own locks protect it.
final class Lanes {
    static final int MOST_TABLES = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private final boolean durable;
    private final Lane.Terms terms;
    private final QueueLimits queue;
    private final @Nullable Spill spill;
    private final Map<String, Lane> byTable = new ConcurrentHashMap<>();

    /// @param spill null for lanes that keep everything in memory
    Lanes(boolean durable, Lane.Terms terms, QueueLimits queue, @Nullable Spill spill) {
        this.durable = durable;
        this.terms = terms;
        this.queue = queue;
        this.spill = spill;
    }

    /// Goes on with what dead processes left; returns how many entries that are.
    long recover() {
        Map<String, List<Backlog>> left = new LinkedHashMap<>();
        if (spill != null) {
            spill.left()
                    .forEach(found -> left.computeIfAbsent(found.table(), _ -> new ArrayList<>())
                            .add(found.journal()));
        }
        long entries = 0;
        for (Map.Entry<String, List<Backlog>> table : left.entrySet()) {
            Lane lane = lane(table.getKey(), table.getValue());
            byTable.put(table.getKey(), lane);
            entries += lane.size();
            lane.wake();
        }
        return entries;
    }

    Lane of(String table) {
        Lane known = byTable.get(table);
        if (known != null) {
            return known;
        }
        if (byTable.size() >= MOST_TABLES && !table.equals(EventRecorder.DEAD_LETTERS)) {
            throw new FreshetException(
                    ErrorCode.BAD_USAGE,
                    "the event is not recorded: this process records into %d tables already, '%s' would be one more"
                            .formatted(MOST_TABLES, table));
        }
        return byTable.computeIfAbsent(table, name -> lane(name, List.of()));
    }

    private Lane lane(String table, List<Backlog> left) {
        List<Backlog> backlogs = new ArrayList<>(left);
        backlogs.add(new MemoryBacklog(table, queue.events(), queue.bytes()));
        if (spill != null) {
            try {
                backlogs.add(spill.journal(table));
            } catch (IOException e) {
                LOG.warn("events of table {}: no spill, they are kept in memory only: {}", table, e.getMessage());
            }
        }
        return new Lane(table, durable, terms, backlogs, left.size());
    }

    /// By table.
    Collection<Lane> all() {
        return new TreeMap<>(byTable).values();
    }

    long size() {
        long size = 0;
        for (Lane lane : byTable.values()) {
            size += lane.size();
        }
        return size;
    }
}
