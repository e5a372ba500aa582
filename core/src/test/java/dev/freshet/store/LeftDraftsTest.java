package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.freshet.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the unfinished files of writers that were killed, that sleep, or that are elsewhere.
@Timeout(60)
class LeftDraftsTest {
    private static final String KEY = "datasets/big/day=1/part-0";

    @TempDir
    private Path folder;

    private Path lake;
    private Store store;

    @BeforeEach
    void open() {
        lake = folder.resolve("lake");
        store = LocalStore.open(lake);
    }

    @Test
    void whatAKilledWriterLeftGoesAtOnceAndItsFolderWithIt() throws Exception {
        try (OtherProcess writer = process("write", KEY)) {
            assertThat(writer.says()).isEqualTo("half");
            assertThat(drafts()).hasSize(1);
            assertThat(sweep()).as("it is alive").isZero();
            writer.kill();
        }
        assertThat(drafts()).hasSize(1);
        assertThat(store.sweep("datasets/other", now())).isZero();
        assertThat(sweep()).isEqualTo(1);
        assertThat(drafts()).isEmpty();
        assertThat(lake.resolve("datasets")).doesNotExist();
        assertThat(sweep()).isZero();
    }

    @Test
    void soItDoesWhenTheNextProcessWritesThere() throws Exception {
        try (OtherProcess writer = process("write", "a/0")) {
            assertThat(writer.says()).isEqualTo("half");
            writer.kill();
        }
        assertThat(drafts()).hasSize(1);
        store.putIfAbsent("a/1", new byte[1]);
        assertThat(drafts()).isEmpty();
        assertThat(lake.resolve("a/1")).exists();
    }

    @Test
    void aWriterThatSleepsKeepsWhatItHasAndFinishesIt() throws Exception {
        try (OtherProcess writer = process("write", KEY)) {
            assertThat(writer.says()).isEqualTo("half");
            writer.signal("STOP");
            for (Path draft : drafts()) {
                Files.setLastModifiedTime(draft, FileTime.from(now().minus(Duration.ofDays(30))));
            }
            assertThat(sweep()).isZero();
            assertThat(drafts()).hasSize(1);
            writer.signal("CONT");
            writer.goOn();
            assertThat(writer.says()).isEqualTo("whole");
        }
        assertThat(store.stat(KEY).orElseThrow().size()).isEqualTo(200_000);
        assertThat(drafts()).isEmpty();
    }

    @Test
    void whatAnotherMachineLeftGoesWhenItIsADayOld() throws IOException {
        Path inside = Files.createDirectories(lake.resolve("a"));
        LocalWriter here = LocalWriter.of(lake, Host.system());
        LocalWriter elsewhere = new LocalWriter("0123456789abcdef", "fedcba9876543210");
        assertThat(here.place()).isNotEqualTo(elsewhere.place());
        Path young = draft(inside, elsewhere, Duration.ofHours(23));
        Path old = draft(inside, elsewhere, Duration.ofHours(25));
        Path nameless = Files.createFile(inside.resolve(".draft-00-1"));
        assertThat(sweep()).isEqualTo(1);
        assertThat(drafts()).containsExactlyInAnyOrder(young, nameless).doesNotContain(old);
        assertThat(store.sweep("", now().plus(Duration.ofHours(2)))).isEqualTo(1);
        assertThat(drafts()).containsExactly(nameless);
    }

    /// A process that closes a file loses its locks on it, through whichever channel it has them.
    @Test
    void anotherStoreOfItsProcessDoesNotTakeAWritersLockAway() throws Exception {
        try (Upload upload = store.upload(KEY)) {
            upload.write(new byte[1000]);
            assertThat(LocalStore.open(lake).sweep("", now())).isZero();
            try (OtherProcess sweeper = process("sweep")) {
                assertThat(sweeper.says()).isEqualTo("0");
            }
            assertThat(drafts()).hasSize(1);
            upload.finish();
        }
        assertThat(store.stat(KEY)).isPresent();
    }

    @Test
    void whoeverSweepsAllTheTimeDisturbsNoWriter() throws Exception {
        try (OtherProcess sweeper = process("sweep on and on")) {
            assertThat(sweeper.says()).isEqualTo("sweeping");
            for (int i = 0; i < 1000; i++) {
                assertThat(store.putIfAbsent("a/" + i, new byte[10])).isEqualTo(PutResult.CREATED);
            }
            sweeper.goOn();
        }
        assertThat(store.list("a", "")).hasSize(1000);
    }

    @Test
    void aFileThatIsNoDraftStays() throws IOException {
        store.putIfAbsent("a/draft", new byte[1]);
        Path hidden = Files.createFile(lake.resolve("a/.draft-of-a-letter"));
        Path inHidden =
                Files.createFile(Files.createDirectory(lake.resolve("a/.trash")).resolve(".draft-00-1"));
        assertThat(store.sweep("", now().plus(Duration.ofDays(400)))).isZero();
        assertThat(List.of(hidden, inHidden))
                .allSatisfy(file -> assertThat(file).exists());
        assertThat(store.stat("a/draft")).isPresent();
    }

    @Test
    void aLakeThatIsNotThereHasNothingToSweep() {
        assertThatCode(this::sweep).doesNotThrowAnyException();
        assertThat(lake).doesNotExist();
    }

    @Test
    void anInterruptDoesNotKeepAWriterFromItsLock() throws Exception {
        store.putIfAbsent("a/0", new byte[1]);
        Thread.currentThread().interrupt();
        try (Upload upload = store.upload("a/1")) {
            upload.write(new byte[100_000]);
            assertThat(Thread.interrupted()).isTrue();
            try (OtherProcess sweeper = process("sweep")) {
                assertThat(sweeper.says()).isEqualTo("0");
            }
            upload.finish();
        }
        assertThat(store.stat("a/1")).isPresent();
    }

    private OtherProcess process(String... what) throws IOException {
        return OtherProcess.start(
                DraftWriter.class,
                Stream.concat(Stream.of(lake.toString()), Stream.of(what)).toArray(String[]::new));
    }

    private int sweep() {
        return store.sweep("", now());
    }

    private static Path draft(Path inside, LocalWriter writer, Duration age) throws IOException {
        Path draft = Files.createFile(inside.resolve(writer.newDraft(Host.system())));
        return Files.setLastModifiedTime(draft, FileTime.from(now().minus(age)));
    }

    private static Instant now() {
        return Host.system().now();
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> files = Files.walk(lake)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".draft-"))
                    .toList();
        }
    }
}
