package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.host.SettableHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lake on a disk that has no room any more.
class FullDiskTest {
    private static final byte[] CONTENT = new byte[200_000];

    @TempDir
    private static Path folder;

    private SmallDisk disk;
    private Store store;

    @BeforeEach
    void mount() throws IOException {
        disk = SmallDisk.mount(Files.createTempDirectory(folder, "disk"), 1024);
        store = LocalStore.open(disk.folder().resolve("lake"));
        store.putIfAbsent("a/before", CONTENT);
        disk.fill();
    }

    @AfterEach
    void unmount() throws IOException {
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void aPutThatFindsNoRoomIsRefusedAndChangesNothing() throws IOException {
        assertIsRefused("a/0", () -> store.putIfAbsent("a/0", CONTENT));
        assertIsRefused("b/0", () -> store.putIfAbsent("b/0", CONTENT));
        assertIsRefused("a/hint", () -> store.hint("a/hint", CONTENT));
        nothingIsThereBut("before");
        assertThat(store.read("a/before")).isEqualTo(CONTENT);
        assertThat(store.putIfAbsent("a/before", CONTENT)).isEqualTo(PutResult.EXISTS);
        disk.clear();
        assertThat(store.putIfAbsent("a/0", CONTENT)).isEqualTo(PutResult.CREATED);
    }

    /// The room that it took itself is free again by then.
    @Test
    void soIsOneThatTookAllTheRoomItself() throws IOException {
        disk.clear();
        assertIsRefused("a/0", () -> store.putIfAbsent("a/0", new byte[2_000_000]));
        nothingIsThereBut("before");
    }

    @Test
    void anUploadThatFindsNoRoomSaysSoWhereverItFindsOut() throws IOException {
        try (Upload upload = store.upload("a/0")) {
            assertIsRefused("a/0", () -> upload.write(CONTENT));
        }
        try (Upload upload = store.upload("a/1")) {
            upload.write(new byte[20_000]);
            assertIsRefused("a/1", upload::finish);
        }
        nothingIsThereBut("before");
    }

    /// Law 3: whoever is told so need not ask again.
    @Test
    void theRefusalIsCertainAndNotUnknown() {
        SettableHost host = new SettableHost();
        Puts puts = new Puts(store, host, Duration.ofMinutes(1));
        long start = host.nanos();
        assertIsRefused("a/0", () -> puts.put("a/0", CONTENT));
        assertThat(host.nanos()).as("it is not tried again").isEqualTo(start);
    }

    private void assertIsRefused(String key, ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.refused()).isTrue())
                .hasMessage("cannot write " + disk.folder().resolve("lake").resolve(key)
                        + ": the disk is full; free some space and try again");
    }

    private void nothingIsThereBut(String name) throws IOException {
        try (Stream<Path> files = Files.walk(disk.folder().resolve("lake"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .isEqualTo(List.of(name));
        }
        assertThat(store.folders("")).containsExactly("a");
    }
}
