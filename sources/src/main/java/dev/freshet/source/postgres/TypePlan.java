package dev.freshet.source.postgres;

import dev.freshet.batch.ColumnType;
import dev.freshet.ingest.Cell;

/// How values of a type are read: as what, with which cast in the query (none, mostly), by which cell.
record TypePlan(ColumnType type, String cast, Cell cell) {}
