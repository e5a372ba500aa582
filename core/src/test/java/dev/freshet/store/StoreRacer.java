package dev.freshet.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;

/// A process that takes every number it can get, and prints those that it was told are its own.
final class StoreRacer {
    private StoreRacer() {}

    public static void main(String[] args) {
        try (Store store = LocalStore.open(Path.of(args[0]))) {
            for (int number = store.list("race", "").size(); number < Integer.parseInt(args[2]); number++) {
                if (store.putIfAbsent(key(number), content(args[1])) == PutResult.CREATED) {
                    System.out.println(number);
                }
            }
        }
    }

    static String key(int number) {
        return "race/%06d".formatted(number);
    }

    /// Long enough to be torn, and naming its writer everywhere.
    static byte[] content(String racer) {
        return (racer + "\n").repeat(20_000 / (racer.length() + 1)).getBytes(UTF_8);
    }
}
