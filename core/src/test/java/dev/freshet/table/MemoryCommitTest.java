package dev.freshet.table;

import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;

class MemoryCommitTest extends CommitContract {
    @Override
    Store newStore() {
        return new MemoryStore(host);
    }
}
