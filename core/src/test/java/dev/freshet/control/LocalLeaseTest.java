package dev.freshet.control;

import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalLeaseTest extends LeaseContract {
    @TempDir
    private Path folder;

    @Override
    Store newStore() {
        return LocalStore.open(folder);
    }
}
