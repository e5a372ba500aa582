package dev.freshet.cli.demo;

import java.util.SplittableRandom;
import java.util.UUID;

/// The dice of one row, thrown the same way every time: seeded by the table and the row's number.
final class Draw {
    private static final long SEED = 0x5EEDF0E5C0DE2026L;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    Draw(String table, int row) {
        this.random = new SplittableRandom(SEED + SPREAD * row + table.hashCode());
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
