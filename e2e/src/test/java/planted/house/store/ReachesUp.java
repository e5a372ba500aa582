package planted.house.store;

import planted.house.table.Snapshot;

/// The store knows nothing of tables.
record ReachesUp(Snapshot snapshot) {}
