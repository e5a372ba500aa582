package planted.house;

import planted.house.table.Snapshot;

/// The planted façade; it hands out the snapshot and nothing else.
public final class Freshet {
    public Snapshot snapshot() {
        return new Snapshot();
    }
}
