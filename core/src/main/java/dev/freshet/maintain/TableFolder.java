package dev.freshet.maintain;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.List;
import java.util.stream.Stream;

/// Where a table is that is called `datasets.orders`, `events.events`, `rollups.usage` or `freshet.runs`.
///
/// @param name as queries and tasks name it
/// @param path its key in the store
record TableFolder(String name, String path) {
    /// The folders of a lake whose folders are tables.
    static final List<String> AREAS = List.of("datasets", "events", "rollups");

    static final TableFolder RUNS = new TableFolder("freshet.runs", "_freshet/runs");

    static TableFolder in(String area, String table) {
        return new TableFolder(area + "." + table, area + "/" + table);
    }

    /// @throws FreshetException (UNKNOWN_ID) if no table can be called so
    static TableFolder named(String name) {
        if (name.equals(RUNS.name())) {
            return RUNS;
        }
        return AREAS.stream()
                .filter(area -> name.startsWith(area + ".") && isFolder(name.substring(area.length() + 1)))
                .map(area -> in(area, name.substring(area.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new FreshetException(
                        ErrorCode.UNKNOWN_ID,
                        "'" + name + "' is no table that is maintained; one is called like datasets.orders,"
                                + " events.events, rollups.usage or freshet.runs"));
    }

    static boolean isName(String name) {
        return name.equals(RUNS.name())
                || AREAS.stream()
                        .anyMatch(area -> name.startsWith(area + ".") && isFolder(name.substring(area.length() + 1)));
    }

    private static boolean isFolder(String table) {
        return !table.isEmpty() && !table.startsWith(".") && table.indexOf('/') < 0;
    }

    /// Its layout is looked after by the task that makes it.
    boolean isRollup() {
        return path.startsWith("rollups/");
    }

    boolean isLedger() {
        return equals(RUNS);
    }

    /// Where unfinished files are looked for: in the table; and with the ledger, which every lake has, everywhere, for
    /// there are folders that are no tables.
    List<String> swept() {
        return isLedger() ? Stream.concat(Stream.of("_freshet"), AREAS.stream()).toList() : List.of(path);
    }
}
