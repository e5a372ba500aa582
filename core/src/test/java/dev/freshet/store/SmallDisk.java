package dev.freshet.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Assumptions;

/// A disk of its own for a folder, as small as a test likes, in the machine's memory. Only Linux has such, and only for
/// its administrator; a test that asks for one elsewhere is skipped.
public final class SmallDisk implements AutoCloseable {
    private static final String BALLAST = "ballast";

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /// @param folder an empty folder, which is where the disk is mounted until it is closed
    public static SmallDisk mount(Path folder, int kilobytes) throws IOException {
        boolean mounted = ran("mount", "-t", "tmpfs", "-o", "size=" + kilobytes + "k", "tmpfs", folder.toString());
        Assumptions.assumeTrue(mounted, "only Linux's administrator can mount a small disk");
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    public void resize(int kilobytes) throws IOException {
        if (!ran("mount", "-o", "remount,size=" + kilobytes + "k", folder.toString())) {
            throw new IOException(folder + " could not be resized");
        }
    }

    /// Takes all the room that is left.
    public void fill() throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out =
                Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (Files.getFileStore(folder).getUsableSpace() > 0) {
                out.write(block);
            }
        }
    }

    /// Gives back what was filled.
    public void clear() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() {
        return folder.resolve(BALLAST);
    }

    /// Also when somebody still has a file open there.
    @Override
    public void close() throws IOException {
        if (!ran("umount", "--lazy", folder.toString())) {
            throw new IOException(folder + " could not be unmounted");
        }
    }

    private static boolean ran(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
