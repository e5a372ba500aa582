package dev.freshet.rollup;

import dev.freshet.store.DyingStore;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.Store;
import java.util.function.Supplier;

/// A store as a process sees it that is killed when it begins its n-th data file of a rollup: nothing that it does from
/// then on reaches the store.
final class KilledAtFile extends InterceptedStore {
    private final int last;
    private int files;

    KilledAtFile(Store store, int last) {
        super(store);
        this.last = last;
    }

    @Override
    protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
        if (operation == Operation.UPLOAD && key.contains("hours-")) {
            files++;
        }
        if (files >= last) {
            throw new DyingStore.KilledError();
        }
        return action.get();
    }
}
