package dev.freshet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Data to print: every row with all its fields, and the columns that a table shows of them. The rows may be read only
/// once, while they are printed.
record Listing(List<Cell> cells, Iterable<ObjectNode> rows) {
    Listing {
        cells = List.copyOf(cells);
    }

    static Listing of(List<ObjectNode> rows, Cell... cells) {
        return new Listing(List.of(cells), rows);
    }
}
