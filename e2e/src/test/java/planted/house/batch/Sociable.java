package planted.house.batch;

import planted.house.error.Fault;

/// Batches import none of the others, not even lower ones.
record Sociable(Fault fault) {}
