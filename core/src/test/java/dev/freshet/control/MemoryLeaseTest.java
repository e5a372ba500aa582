package dev.freshet.control;

import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;

class MemoryLeaseTest extends LeaseContract {
    @Override
    Store newStore() {
        return new MemoryStore(host);
    }
}
