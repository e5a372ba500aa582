package planted.house.cli;

import planted.house.Freshet;
import planted.house.error.Fault;
import planted.house.ingest.Copy;
import planted.house.table.Snapshot;

/// The façade, what it hands out and errors are allowed; the copy is not.
record Burglar(Freshet freshet, Snapshot snapshot, Fault fault, Copy copy) {}
