package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalStoreTest extends StoreContract {
    @TempDir
    private Path folder;

    @Override
    Store newStore() {
        return LocalStore.open(folder.resolve("lake"));
    }

    @Test
    void lookingAtALakeThatDoesNotExistCreatesNothing() {
        Store store = LocalStore.open(folder.resolve("nowhere/lake"));
        assertThat(store.list("a", "")).isEmpty();
        assertThat(store.stat("a/0")).isEmpty();
        assertThat(folder.resolve("nowhere")).doesNotExist();
        store.putIfAbsent("a/0", bytes("1"));
        assertThat(folder.resolve("nowhere/lake/a/0")).hasBinaryContent(bytes("1"));
    }

    @Test
    void aLakeThatVanishedIsNotTakenForAnEmptyOne() throws IOException {
        Path root = Files.createDirectory(folder.resolve("mount"));
        Store store = LocalStore.open(root);
        store.putIfAbsent("a/0", bytes("1"));
        Files.move(root, folder.resolve("unmounted"));
        List<Runnable> calls = List.of(
                () -> store.list("a", ""),
                () -> store.folders(""),
                () -> store.stat("a/0"),
                () -> store.read("a/0"),
                () -> store.putIfAbsent("a/1", bytes("1")));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run)
                    .isInstanceOf(StoreException.class)
                    .isNotInstanceOf(MissingObjectException.class)
                    .hasMessageContaining("is gone");
        }
        assertThat(root).doesNotExist();
    }

    @Test
    void aFolderThatWasRemovedIsMadeAgain() throws IOException {
        Store store = newStore();
        store.putIfAbsent("a/b/0", bytes("1"));
        Files.delete(folder.resolve("lake/a/b/0"));
        Files.delete(folder.resolve("lake/a/b"));
        Files.delete(folder.resolve("lake/a"));
        assertThat(store.putIfAbsent("a/b/0", bytes("2"))).isEqualTo(PutResult.CREATED);
    }

    @Test
    void whatAKilledWriterLeftIsInvisibleAndIsSweptWhenItIsADayOld() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("lake/a"));
        Path old = Files.write(inside.resolve(".draft-00-1"), bytes("half of"));
        Path young = Files.write(inside.resolve(".draft-00-2"), bytes("half of"));
        Files.setLastModifiedTime(old, age(Duration.ofHours(25)));
        Files.setLastModifiedTime(young, age(Duration.ofHours(23)));
        Store store = newStore();
        assertThat(store.list("a", "")).isEmpty();
        store.putIfAbsent("a/0", bytes("1"));
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(store.list("a", "")).hasSize(1);
    }

    @Test
    void aWriterWhoseDraftWasSweptDoesNotPublishAnything() throws IOException {
        Store store = newStore();
        Upload upload = store.upload("a/data");
        upload.write(bytes("0123"));
        try (Stream<Path> drafts = Files.list(folder.resolve("lake/a"))) {
            Files.delete(drafts.findFirst().orElseThrow());
        }
        assertThatThrownBy(upload::finish).isInstanceOf(IOException.class);
        assertThat(store.list("a", "")).isEmpty();
    }

    @Test
    void nothingButTheObjectStaysInItsFolder() throws IOException {
        Store store = newStore();
        store.putIfAbsent("a/0", bytes("1"));
        store.putIfAbsent("a/0", bytes("2"));
        store.hint("a/hint", bytes("1"));
        store.upload("a/data").close();
        try (Stream<Path> files = Files.list(folder.resolve("lake/a"))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly("0", "hint");
        }
    }

    @Test
    void aFileWhereAFolderMustBeIsNamed() {
        Store store = newStore();
        store.putIfAbsent("a", bytes("a file"));
        assertThatThrownBy(() -> store.putIfAbsent("a/b/0", bytes("1")))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.refused()).isTrue())
                .hasMessageContaining(folder.resolve("lake/a") + " is a file where a folder must be");
        assertThatThrownBy(() -> store.list("a/b", "")).hasMessageContaining("is a file where a folder must be");
    }

    @Test
    void aLakeThatIsAFileIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> LocalStore.open(file))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE_UNREACHABLE))
                .hasMessageContaining("is a file; name a folder");
    }

    @Test
    void aMissingPermissionSaysWhoNeedsWhat() {
        StoreException e = LocalErrors.writing(folder.resolve("a/0"), new AccessDeniedException("a/0"));
        assertThat(e.refused()).isTrue();
        assertThat(e).hasMessageContaining("let user '" + System.getProperty("user.name") + "' write " + folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            No space left on device | the disk is full; free some space and try again
            Disk quota exceeded     | the quota on this disk is used up; free some space or raise it, and try again
            Disc quota exceeded     | the quota on this disk is used up; free some space or raise it, and try again
            """)
    void whatTheSystemSaysIsUnderstood(String reason, String said) {
        Path there = folder.resolve("0");
        for (IOException e : List.of(
                new IOException(reason),
                new IOException(there + " (" + reason + ")"),
                new FileSystemException(there.toString(), null, reason))) {
            StoreException meaning = LocalErrors.writing(there, e);
            assertThat(meaning.refused()).isTrue();
            assertThat(meaning).hasMessage("cannot write " + there + ": " + said);
        }
    }

    @Test
    void aReadThatIsInterruptedSaysSo() {
        Store store = newStore();
        store.putIfAbsent("a/0", bytes("1"));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.read("a/0", 0, 1))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.refused()).isFalse())
                .hasMessageEndingWith("it was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.read("a/0", 0, 1)).isEqualTo(bytes("1"));
    }

    @Test
    void foreignEnginesAreGivenAFileUri() {
        assertThat(newStore().uri("datasets/a b").toString())
                .startsWith("file:///")
                .endsWith("/lake/datasets/a%20b");
    }

    private static FileTime age(Duration age) {
        return FileTime.from(
                FileTime.fromMillis(System.currentTimeMillis()).toInstant().minus(age));
    }
}
