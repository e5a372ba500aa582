package dev.freshet.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Copies a library whose classes are of Java 5, which the JDK's cache of linked classes refuses, as if they were of
/// Java 6, which knows no instruction less. The script that starts Freshet does that before it makes the cache.
public final class BootLibrary {
    /// Where a class file says which Java it is of (JVMS 4.1, `major_version`).
    private static final int VERSION_AT = 7;

    private static final byte JAVA_5 = 49;
    private static final byte JAVA_6 = 50;

    private BootLibrary() {}

    /// @param arguments the jar, and where its copy shall be
    public static void main(String[] arguments) throws IOException {
        try (InputStream from = Files.newInputStream(Path.of(arguments[0]));
                OutputStream to = Files.newOutputStream(Path.of(arguments[1]))) {
            copy(new ZipInputStream(from), new ZipOutputStream(to));
        }
    }

    private static void copy(ZipInputStream from, ZipOutputStream to) throws IOException {
        for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
            byte[] bytes = from.readAllBytes();
            if (entry.getName().endsWith(".class") && bytes[VERSION_AT] == JAVA_5) bytes[VERSION_AT] = JAVA_6;
            to.putNextEntry(new ZipEntry(entry.getName()));
            to.write(bytes);
        }
        to.finish();
    }
}
