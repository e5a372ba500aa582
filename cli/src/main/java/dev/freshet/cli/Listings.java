package dev.freshet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// Which columns a table shows of each kind of thing.
final class Listings {
    private static final List<Cell> RUN = List.of(
            Cell.text("task"),
            Cell.text("outcome"),
            Cell.time("due_at"),
            Cell.time("finished_at"),
            Cell.number("attempt"),
            Cell.number("rows"),
            Cell.bytes("bytes"),
            Cell.number("version"));

    private Listings() {}

    static Listing schedules(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.text("id"),
                Cell.text("TYPE", "kind/type"),
                Cell.text("TABLE", "kind/table"),
                Cell.text("enabled"),
                Cell.time("next_run_at"),
                Cell.time("last_run_at"),
                Cell.text("LAST OUTCOME", "last_outcome/message"),
                Cell.number("run_count"),
                Cell.number("failure_count"));
    }

    static Listing history(List<ObjectNode> rows) {
        return Listing.of(
                rows, Cell.number("version"), Cell.text("deleted"), Cell.text("definition"), Cell.text("fault"));
    }

    static Listing datasets(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.text("name"),
                Cell.number("rows"),
                Cell.bytes("bytes"),
                Cell.number("version"),
                Cell.text("sensitivity"),
                Cell.text("SOURCE", "lineage/source_system"),
                Cell.time("lineage/ingest_timestamp"));
    }

    static Listing tasks(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.text("TASK", "task_name"),
                Cell.text("status"),
                Cell.text("POD", "pod_id"),
                Cell.text("enabled"),
                Cell.time("next_run_at"),
                Cell.time("retry_at"),
                Cell.text("last_outcome"),
                Cell.number("last_rows"),
                Cell.number("run_count"),
                Cell.number("failure_count"),
                Cell.text("last_error"));
    }

    static Listing runs(List<ObjectNode> rows) {
        List<Cell> cells = new ArrayList<>(RUN);
        cells.add(Cell.text("pod_id"));
        cells.add(Cell.text("error"));
        return new Listing(cells, rows);
    }

    /// One run, for the one who waited for it and is told its error elsewhere.
    static Listing run(ObjectNode row) {
        return new Listing(RUN, List.of(row));
    }

    static Listing columns(List<ObjectNode> rows) {
        return Listing.of(
                rows,
                Cell.text("COLUMN", "name"),
                Cell.text("type"),
                Cell.text("source_type"),
                Cell.text("nullable"),
                Cell.text("sensitivity"),
                Cell.text("description"));
    }

    static Listing findings(List<ObjectNode> rows) {
        return Listing.of(rows, Cell.text("check"), Cell.text("health"), Cell.text("detail"));
    }
}
