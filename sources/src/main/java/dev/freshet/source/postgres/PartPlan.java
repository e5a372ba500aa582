package dev.freshet.source.postgres;

import dev.freshet.ingest.Part;
import dev.freshet.ingest.Parts;
import dev.freshet.ingest.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decides what a table is cut by: ranges of its pages, else ranges of its key, else nothing.
final class PartPlan {
    /// Older servers read the whole table for a range of its pages.
    private static final int PAGES_SINCE = 140000;

    private static final String NEVER_ONE = "a view cannot be cut, and a foreign table is not of this snapshot";

    private final PostgresCatalog catalog;
    private final PostgresTable table;
    private final Relation relation;

    PartPlan(PostgresCatalog catalog, PostgresTable table, Relation relation) {
        this.catalog = catalog;
        this.table = table;
        this.relation = relation;
    }

    Parts of(int sessions, long leastBytes) throws PostgresException {
        if (!relation.hasRows()) {
            return Parts.none(NEVER_ONE);
        }
        List<Heap> heaps = catalog.heaps(relation);
        long bytes = heaps.stream().mapToLong(Heap::bytes).sum();
        if (bytes < 2 * leastBytes) {
            return Parts.none();
        }
        Optional<String> obstacle = pagesObstacle(heaps);
        List<Part> parts = obstacle.isEmpty() ? byPages(heaps, sessions, leastBytes) : byKey(sessions);
        if (parts.size() > 1) {
            return new Parts(parts, Optional.empty());
        }
        return obstacle.isEmpty() ? Parts.none() : Parts.none(obstacle.get());
    }

    /// Why the table cannot be read by ranges of its pages; empty if it can.
    private Optional<String> pagesObstacle(List<Heap> heaps) throws PostgresException {
        if (catalog.serverVersion() < PAGES_SINCE) {
            return Optional.of("PostgreSQL reads ranges of pages since version 14, and " + noKey());
        }
        if (!relation.readable()) {
            return Optional.of("a role that may read single columns may not read ranges of pages, and " + noKey());
        }
        if (relation.secured()) {
            return Optional.of("row-level security is on");
        }
        return heaps.stream()
                .filter(heap -> !heap.cuttable())
                .findFirst()
                .map(heap -> heap.readable()
                        ? "%s.%s is a foreign table, or not stored in pages of rows"
                                .formatted(heap.schema(), heap.name())
                        : "its partition %s.%s may not be read by itself; its owner can GRANT SELECT on it"
                                .formatted(heap.schema(), heap.name()));
    }

    private static String noKey() {
        return "there is no key that its rows lie in the order of";
    }

    private List<Part> byPages(List<Heap> heaps, int sessions, long leastBytes) {
        List<Part> parts = new ArrayList<>();
        PagePlan.of(heaps, sessions, leastBytes).forEach(ranges -> parts.add(new PagePart(table, ranges)));
        return parts;
    }

    /// The bounds may be of any age: the first and the last range are open, and whatever is between them is in one.
    private List<Part> byKey(int sessions) throws PostgresException {
        Optional<TableKey> key = table.tableKey().filter(one -> one.collation().isEmpty());
        if (key.isEmpty() || relation.secured()) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        @Nullable String from = null;
        for (String bound : catalog.keyBounds(relation, key.get(), sessions)) {
            parts.add(part(key.get(), new Split(from, bound)));
            from = bound;
        }
        parts.add(part(key.get(), new Split(from, null)));
        return parts;
    }

    private Part part(TableKey key, Split split) {
        return new KeyPart(table, relation.quoted() + " AS t" + key.where(split));
    }
}
