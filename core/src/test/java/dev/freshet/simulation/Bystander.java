package dev.freshet.simulation;

import dev.freshet.error.FreshetException;
import dev.freshet.store.Store;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.Decision;
import dev.freshet.table.DeltaTable;
import java.time.Duration;

/// Somebody who rearranges the files of the targets, so that loads find that others were faster.
final class Bystander {
    private final World world;
    private final SimPod.Lake lake;
    private final SimPod machine;

    Bystander(World world, SimPod.Lake lake) {
        this.world = world;
        this.lake = lake;
        this.machine = new SimPod(world, lake, "bystander");
    }

    void begin() {
        SimHost host = machine.host();
        world.start("bystander", machine.life(), () -> work(host));
    }

    private void work(SimHost host) {
        Store store = machine.store(host);
        while (!lake.weather().isOver()) {
            world.pass(
                    world.between(Duration.ofMillis(100), Duration.ofSeconds(3)).toNanos());
            String path = "datasets/"
                    + Operator.id(world.random().nextInt(lake.story().tasks()));
            try {
                var _ = new DeltaTable(store, path, host)
                        .commit(newest -> newest.isEmpty()
                                ? new Decision.Stop(new CommitOutcome.Conflict("there is no table yet"))
                                : new Decision.Write(Change.of("OPTIMIZE").withoutDataChange()));
            } catch (FreshetException _) {
                // it comes again
            }
        }
    }
}
