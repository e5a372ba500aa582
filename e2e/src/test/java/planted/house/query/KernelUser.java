package planted.house.query;

import io.delta.kernel.Snapshot;

record KernelUser(Snapshot snapshot) {}
