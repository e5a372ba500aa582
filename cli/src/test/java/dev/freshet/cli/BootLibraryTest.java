package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The copy of an old library differs from it by the numbers of its classes' versions, and by nothing else.
class BootLibraryTest {
    @TempDir
    Path folder;

    @Test
    void classesOfJava5SeemToBeOfJava6AndAllElseStaysAsItIs() throws IOException {
        byte[] old = classFile(49);
        byte[] newer = classFile(52);
        // A '1' is a byte of 49, here where a class has its version.
        byte[] text = "version1".getBytes(StandardCharsets.UTF_8);
        Path jar = folder.resolve("old.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            put(zip, "a/", new byte[0]);
            put(zip, "a/Old.class", old);
            put(zip, "a/Newer.class", newer);
            put(zip, "a/note.txt", text);
        }
        Path copy = folder.resolve("copy.jar");

        BootLibrary.main(new String[] {jar.toString(), copy.toString()});

        try (JarFile copied = new JarFile(copy.toFile())) {
            assertThat(copied.stream())
                    .extracting(ZipEntry::getName)
                    .containsExactly("a/", "a/Old.class", "a/Newer.class", "a/note.txt");
            assertThat(read(copied, "a/Old.class")).isEqualTo(classFile(50));
            assertThat(read(copied, "a/Newer.class")).isEqualTo(newer);
            assertThat(read(copied, "a/note.txt")).isEqualTo(text);
        }
    }

    @Test
    void aJarThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> BootLibrary.main(new String[] {
                    folder.resolve("none.jar").toString(),
                    folder.resolve("copy.jar").toString()
                }))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static byte[] classFile(int version) {
        return new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) version, 0, 1, 49};
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private static byte[] read(JarFile jar, String name) throws IOException {
        return jar.getInputStream(jar.getEntry(name)).readAllBytes();
    }
}
