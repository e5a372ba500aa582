package dev.freshet.checkpoint;

import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;

class MemoryCheckpointTest extends CheckpointContract {
    @Override
    protected Store newStore() {
        return new MemoryStore(host);
    }
}
