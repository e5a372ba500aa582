package dev.freshet.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/// A process that does to a lake what its first words say, and more when it reads a line.
final class DraftWriter {
    private DraftWriter() {}

    public static void main(String[] args) throws IOException {
        try (Store store = LocalStore.open(Path.of(args[0]))) {
            switch (args[1]) {
                case "write" -> write(store, args[2]);
                case "sweep" -> System.out.println(store.sweep("", Instant.now()));
                case "sweep on and on" -> sweep(store);
                default -> throw new IllegalArgumentException(args[1]);
            }
        }
    }

    /// Half of an object; the other half when it is told to.
    private static void write(Store store, String key) throws IOException {
        try (Upload upload = store.upload(key)) {
            upload.write(new byte[100_000]);
            System.out.println("half");
            if (System.in.read() >= 0) {
                upload.write(new byte[100_000]);
                upload.finish();
                System.out.println("whole");
            }
        }
    }

    private static void sweep(Store store) throws IOException {
        System.out.println("sweeping");
        while (System.in.available() == 0) {
            int _ = store.sweep("", Instant.now());
        }
    }
}
