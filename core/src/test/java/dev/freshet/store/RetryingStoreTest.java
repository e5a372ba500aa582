package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.host.SettableHost;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RetryingStoreTest {
    private final SettableHost host = new SettableHost();
    private final MemoryStore lake = new MemoryStore(host);
    private int calls;
    private int failures;

    private final Store store = new RetryingStore(
            new InterceptedStore(lake) {
                @Override
                protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                    if (calls++ < failures) {
                        throw StoreException.unknown("no answer", null);
                    }
                    return action.get();
                }
            },
            host);

    @Test
    void aReadThatFailedIsTriedAgain() {
        lake.putIfAbsent("a/b", new byte[] {1, 2, 3});
        failures = 4;
        assertThat(store.read("a/b")).containsExactly(1, 2, 3);
        calls = 0;
        assertThat(store.list("a", "")).hasSize(1);
        calls = 0;
        assertThat(store.stat("a/b")).isPresent();
    }

    @Test
    void afterFiveTriesTheFailureIsTold() {
        failures = 100;
        assertThatThrownBy(() -> store.read("a/b")).isInstanceOf(StoreException.class);
        assertThat(calls).isEqualTo(5);
    }

    @Test
    void whatIsCertainIsNotAskedAgain() {
        assertThatThrownBy(() -> store.read("nowhere")).isInstanceOf(MissingObjectException.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void aPutIsLeftToThoseWhoCanResolveIt() {
        failures = 1;
        assertThatThrownBy(() -> store.putIfAbsent("a/c", new byte[0])).isInstanceOf(StoreException.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void whoIsInterruptedDoesNotGoOnAsking() {
        failures = 100;
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.read("a/b")).isInstanceOf(StoreException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls).isEqualTo(1);
    }
}
