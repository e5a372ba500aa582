package planted.house.ingest;

import planted.house.table.Snapshot;

/// Commits past its run.
final class Committer {
    void finish(Snapshot snapshot) {
        snapshot.commit();
    }
}
