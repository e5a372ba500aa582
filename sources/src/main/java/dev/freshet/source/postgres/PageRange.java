package dev.freshet.source.postgres;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Pages of a heap from the one of this number on, below another number or to the end.
record PageRange(Heap heap, long from, @Nullable Long to) {
    /// To stand behind `FROM`. Where it covers the heap, nothing tells it from a reading of the whole.
    String sql() {
        StringJoiner where = new StringJoiner(" AND ", " WHERE ", "").setEmptyValue("");
        if (from > 0) {
            where.add("t.ctid >= " + tid(from));
        }
        if (to != null) {
            where.add("t.ctid < " + tid(to));
        }
        return "ONLY " + heap.quoted() + " AS t" + where;
    }

    private static String tid(long page) {
        return "'(" + page + ",0)'::pg_catalog.tid";
    }
}
