package dev.freshet.checkpoint;

import dev.freshet.store.LocalStore;
import dev.freshet.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalCheckpointTest extends CheckpointContract {
    @TempDir
    Path lake;

    @Override
    protected Store newStore() {
        return LocalStore.open(lake);
    }
}
