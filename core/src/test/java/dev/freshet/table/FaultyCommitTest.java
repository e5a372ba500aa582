package dev.freshet.table;

import dev.freshet.store.Store;

/// Commits whose puts fail, lose their replies and arrive late.
class FaultyCommitTest extends CommitContract {
    @Override
    Store newStore() {
        return new FaultyPuts(host, 20261121);
    }
}
