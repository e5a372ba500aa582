package dev.freshet.rollup;

import dev.freshet.store.InterceptedStore;
import dev.freshet.store.Store;
import java.util.function.Supplier;

/// A store whose user is overtaken: right before something is written under a name, somebody else does something.
final class MeddledStore extends InterceptedStore {
    private final String name;
    private final Runnable meddler;

    MeddledStore(Store store, String name, Runnable meddler) {
        super(store);
        this.name = name;
        this.meddler = meddler;
    }

    @Override
    protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
        if ((operation == Operation.PUT || operation == Operation.UPLOAD) && key.contains(name)) {
            meddler.run();
        }
        return action.get();
    }
}
