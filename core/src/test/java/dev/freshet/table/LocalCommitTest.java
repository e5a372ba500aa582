package dev.freshet.table;

import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalCommitTest extends CommitContract {
    @TempDir
    Path folder;

    @Override
    Store newStore() {
        return LocalStore.open(folder);
    }
}
