package dev.freshet.table;

import dev.freshet.store.Store;
import java.time.Duration;
import java.time.Instant;

/// Deletes the dead data files of a table that no task owns.
final class Vacuum {
    /// Others' commits are more urgent.
    private static final int TRIES = 5;

    private final Store store;
    private final DeltaTable table;

    Vacuum(Store store, DeltaTable table) {
        this.store = store;
        this.table = table;
    }

    void run(Duration age) {
        DeadFiles dead = table.dead(age, StillNeeded.nothing(), Instant.MIN);
        CommitOutcome marked = table.commit(
                newest -> newest.flatMap(dead::marker)
                        .<Decision>map(Decision.Write::new)
                        .orElseGet(() -> new Decision.Stop(new CommitOutcome.Conflict("nothing is dead"))),
                TRIES);
        if (marked instanceof CommitOutcome.Committed) {
            dead.delete(store, () -> {});
        }
    }
}
