package dev.freshet.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every store must do.
abstract class StoreContract {
    private static final int RACERS = 8;

    private Store store;

    abstract Store newStore() throws IOException;

    @BeforeEach
    void open() throws IOException {
        store = newStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatWasPutIsReadBackWhole() {
        assertThat(store.putIfAbsent("a/b/0.json", bytes("first"))).isEqualTo(PutResult.CREATED);
        assertThat(store.read("a/b/0.json")).isEqualTo(bytes("first"));
        assertThat(store.putIfAbsent("empty", new byte[0])).isEqualTo(PutResult.CREATED);
        assertThat(store.read("empty")).isEmpty();
    }

    @Test
    void aSecondPutIsToldSoAndChangesNothing() {
        store.putIfAbsent("a/0.json", bytes("first"));
        assertThat(store.putIfAbsent("a/0.json", bytes("second"))).isEqualTo(PutResult.EXISTS);
        assertThat(store.putIfAbsent("a/0.json", bytes("first"))).isEqualTo(PutResult.EXISTS);
        assertThat(store.read("a/0.json")).isEqualTo(bytes("first"));
    }

    @Test
    void ofManyRacingPutsExactlyOneWins() throws Exception {
        CyclicBarrier together = new CyclicBarrier(RACERS);
        List<List<PutResult>> results = inThreads(RACERS, racer -> {
            List<PutResult> told = new ArrayList<>();
            for (int round = 0; round < 100; round++) {
                together.await();
                told.add(store.putIfAbsent("race/" + round, bytes(racer + ":" + "x".repeat(2_000))));
            }
            return told;
        });
        for (int round = 0; round < 100; round++) {
            int now = round;
            List<Integer> winners = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                if (results.get(racer).get(now) == PutResult.CREATED) {
                    winners.add(racer);
                }
            }
            assertThat(winners).as("winners of round %d", now).hasSize(1);
            assertThat(store.read("race/" + now)).isEqualTo(bytes(winners.getFirst() + ":" + "x".repeat(2_000)));
        }
    }

    @Test
    void aReaderNeverSeesAPartOfAnObject() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        byte[] content = new byte[300_000];
        Arrays.fill(content, (byte) 7);
        inThreads(2, thread -> {
            if (thread == 0) {
                for (int i = 0; i < 60; i++) {
                    store.putIfAbsent("torn/%03d".formatted(i), content);
                }
                done.set(true);
                return 0;
            }
            int seen = 0;
            while (!done.get()) {
                List<StoredObject> listed = store.list("torn", "%03d".formatted(seen));
                for (StoredObject object : listed) {
                    assertThat(object.size()).isEqualTo(content.length);
                    assertThat(store.read(object.key())).isEqualTo(content);
                }
                seen += Math.max(0, listed.size() - 1);
            }
            return seen;
        });
        assertThat(store.list("torn", "")).hasSize(60);
    }

    @Test
    void theCallersArrayMayBeReused() {
        byte[] content = bytes("first");
        store.putIfAbsent("a", content);
        content[0] = 'X';
        store.read("a")[1] = 'X';
        assertThat(store.read("a")).isEqualTo(bytes("first"));
    }

    @Test
    void aRangeIsReadExactly() {
        store.putIfAbsent("a", bytes("0123456789"));
        assertThat(store.read("a", 0, 10)).isEqualTo(bytes("0123456789"));
        assertThat(store.read("a", 3, 4)).isEqualTo(bytes("3456"));
        assertThat(store.read("a", 10, 0)).isEmpty();
    }

    @Test
    void aRangeBeyondTheEndIsAnError() {
        store.putIfAbsent("a", bytes("0123456789"));
        assertThatThrownBy(() -> store.read("a", 8, 3))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(MissingObjectException.class)
                .hasMessageContaining("10");
    }

    @Test
    void whatDoesNotExistIsReportedAsMissing() {
        assertThatThrownBy(() -> store.read("a/0.json"))
                .isInstanceOf(MissingObjectException.class)
                .hasMessageContaining("a/0.json");
        assertThatThrownBy(() -> store.read("a/0.json", 0, 1)).isInstanceOf(MissingObjectException.class);
        assertThat(store.stat("a/0.json")).isEmpty();
    }

    @Test
    void anObjectKnowsItsSizeAndTime() {
        store.putIfAbsent("a/older", bytes("123"));
        store.putIfAbsent("a/newer", bytes("12345"));
        StoredObject older = store.stat("a/older").orElseThrow();
        StoredObject newer = store.stat("a/newer").orElseThrow();
        assertThat(older.size()).isEqualTo(3);
        assertThat(newer.size()).isEqualTo(5);
        assertThat(newer.modified()).isAfterOrEqualTo(older.modified());
        assertThat(newer.name()).isEqualTo("newer");
    }

    @Test
    void aListingIsSortedAndBeginsAtTheNameGiven() {
        for (String name : List.of("10", "2", "1", "3")) {
            store.putIfAbsent("a/" + name, bytes(name));
        }
        assertThat(keys(store.list("a", ""))).containsExactly("a/1", "a/10", "a/2", "a/3");
        assertThat(keys(store.list("a", "10"))).containsExactly("a/10", "a/2", "a/3");
        assertThat(keys(store.list("a", "11"))).containsExactly("a/2", "a/3");
        assertThat(store.list("a", "4")).isEmpty();
    }

    @Test
    void aListingShowsOnlyWhatIsDirectlyInTheFolder() {
        store.putIfAbsent("top", bytes("1"));
        store.putIfAbsent("a/b/deep", bytes("1"));
        store.putIfAbsent("a/file", bytes("1"));
        store.putIfAbsent("ab/other", bytes("1"));
        assertThat(keys(store.list("", ""))).containsExactly("top");
        assertThat(keys(store.list("a", ""))).containsExactly("a/file");
        assertThat(store.folders("")).containsExactly("a", "ab");
        assertThat(store.folders("a")).containsExactly("b");
        assertThat(store.folders("a/b")).isEmpty();
    }

    @Test
    void aFolderThatDoesNotExistIsEmpty() {
        assertThat(store.list("none/at/all", "")).isEmpty();
        assertThat(store.folders("none")).isEmpty();
    }

    @Test
    void aFolderIsGoneWithItsLastObjectAndCanBeMadeAgain() {
        store.putIfAbsent("a/b/c/1", bytes("1"));
        store.putIfAbsent("a/b/2", bytes("2"));
        store.delete("a/b/c/1");
        assertThat(store.folders("a/b")).isEmpty();
        assertThat(store.folders("a")).containsExactly("b");
        store.delete("a/b/2");
        assertThat(store.folders("")).isEmpty();
        assertThat(store.putIfAbsent("a/b/c/1", bytes("again"))).isEqualTo(PutResult.CREATED);
        assertThat(store.folders("a/b")).containsExactly("c");
    }

    @Test
    void whoDeletesTheLastObjectOfAFolderIsNotInTheWayOfWhoWritesTheNext() throws Exception {
        inThreads(4, racer -> {
            for (int round = 0; round < 100; round++) {
                String key = "a/b/" + racer + "-" + round;
                assertThat(store.putIfAbsent(key, bytes(key))).isEqualTo(PutResult.CREATED);
                assertThat(store.read(key)).isEqualTo(bytes(key));
                store.delete(key);
            }
            return racer;
        });
        assertThat(store.folders("")).isEmpty();
    }

    @Test
    void deletingTwiceIsNoError() {
        store.putIfAbsent("a/0", bytes("1"));
        store.delete("a/0");
        store.delete("a/0");
        store.delete("never/was");
        assertThat(store.stat("a/0")).isEmpty();
        assertThat(store.list("a", "")).isEmpty();
    }

    @Test
    void anUploadIsInvisibleUntilItIsFinished() throws IOException {
        try (Upload upload = store.upload("data/part-1")) {
            upload.write(bytes("0123"));
            upload.write('4');
            assertThat(store.list("data", "")).isEmpty();
            assertThat(store.stat("data/part-1")).isEmpty();
            upload.finish();
        }
        assertThat(store.read("data/part-1")).isEqualTo(bytes("01234"));
    }

    @Test
    void anUploadMayBeSettledByAnotherThreadAtAnyTime() throws Exception {
        Upload upload = store.upload("data/part-1");
        upload.settle();
        byte[] megabyte = new byte[1 << 20];
        for (int i = 0; i < 4; i++) {
            Thread other = Thread.ofPlatform().start(upload::settle);
            upload.write(megabyte);
            other.join();
            assertThat(store.stat("data/part-1")).isEmpty();
        }
        upload.finish();
        upload.settle();
        assertThat(store.read("data/part-1")).isEqualTo(new byte[4 << 20]);
    }

    @Test
    void anUploadThatIsClosedUnfinishedLeavesNothing() throws IOException {
        Upload upload = store.upload("data/part-1");
        upload.write(bytes("0123"));
        upload.close();
        upload.close();
        assertThat(store.stat("data/part-1")).isEmpty();
        assertThat(store.list("data", "")).isEmpty();
        assertThatThrownBy(upload::finish).isInstanceOf(IOException.class);
        assertThat(store.stat("data/part-1")).isEmpty();
    }

    @Test
    void anUploadCannotTakeANameThatExists() throws IOException {
        store.putIfAbsent("data/part-1", bytes("first"));
        try (Upload upload = store.upload("data/part-1")) {
            upload.write(bytes("second"));
            assertThatThrownBy(upload::finish).isInstanceOf(IOException.class).hasMessageContaining("part-1");
        }
        assertThat(store.read("data/part-1")).isEqualTo(bytes("first"));
    }

    @Test
    void aHintMayBeReplaced() {
        store.hint("a/_last_checkpoint", bytes("1"));
        store.hint("a/_last_checkpoint", bytes("22"));
        assertThat(store.read("a/_last_checkpoint")).isEqualTo(bytes("22"));
        assertThat(keys(store.list("a", ""))).containsExactly("a/_last_checkpoint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/..", "./a", ".hidden", "a/.b", "a\0b"})
    void aKeyThatCouldNameSomethingOutsideTheLakeIsRefused(String key) {
        List<Runnable> calls = List.of(
                () -> store.putIfAbsent(key, bytes("1")),
                () -> store.read(key),
                () -> store.read(key, 0, 1),
                () -> store.stat(key),
                () -> store.delete(key),
                () -> store.upload(key),
                () -> store.hint(key, bytes("1")));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
        }
        if (!key.isEmpty()) {
            assertThatThrownBy(() -> store.list(key, "")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store.folders(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    /// One task for each racer.
    private interface Racer<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> inThreads(int threads, Racer<T> racer) throws Exception {
        try (ExecutorService executor =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Callable<T>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                tasks.add(() -> racer.run(number));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static List<String> keys(List<StoredObject> objects) {
        return objects.stream().map(StoredObject::key).toList();
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
