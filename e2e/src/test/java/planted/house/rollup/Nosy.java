package planted.house.rollup;

import planted.house.ingest.Copy;

/// One kind of task that knows another, though it is lower.
record Nosy(Copy copy) {}
