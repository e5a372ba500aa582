package dev.freshet.rollup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Plays the stories of many seeds, prints those in which something broke, and ends with one JSON object.
public final class StoryRun {
    private static final int DEFAULT_SEEDS = 1000;
    private static final int MOST_SHOWN = 5;
    private static final double NANOS = 1e9;

    private StoryRun() {}

    /// @param arguments the project's folder, which is not needed; `--seeds N`, `--first SEED`
    public static void main(String[] arguments) throws IOException {
        long seeds = option(arguments, "--seeds", DEFAULT_SEEDS);
        long first = option(arguments, "--first", 1);
        long start = System.nanoTime();
        long violations = 0;
        long broken = 0;
        long runs = 0;
        long kills = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            Path folder = Files.createTempDirectory("freshet-rollup-");
            RollupStory story = new RollupStory(folder, seed, Safeguards.ALL);
            List<String> found = play(story);
            violations += found.size();
            runs += story.runs();
            kills += story.kills();
            if (!found.isEmpty() && broken++ < MOST_SHOWN) {
                System.err.println("rollup-schedules: seed " + seed + " is broken");
                story.told().forEach(line -> System.err.println("  " + line));
                found.stream().limit(MOST_SHOWN).forEach(line -> System.err.println("  VIOLATION " + line));
            }
            delete(folder);
            if ((seed - first + 1) % 50 == 0) {
                System.err.printf(
                        "rollup-schedules: %d seeds, %.1f a second%n",
                        seed - first + 1, (seed - first + 1) / ((System.nanoTime() - start) / NANOS));
            }
        }
        System.out.printf(
                "{\"seeds\":%d,\"violations\":%d,\"broken_seeds\":%d,\"runs\":%d,\"kills\":%d,\"seconds\":%.1f}%n",
                seeds, violations, broken, runs, kills, (System.nanoTime() - start) / NANOS);
        System.exit(violations == 0 ? 0 : 1);
    }

    private static List<String> play(RollupStory story) {
        try {
            return story.play();
        } catch (RuntimeException | AssertionError e) {
            e.printStackTrace();
            return List.of("the story did not end: " + e);
        }
    }

    private static long option(String[] arguments, String name, long otherwise) {
        for (int i = 1; i < arguments.length - 1; i++) {
            if (arguments[i].equals(name)) {
                return Long.parseLong(arguments[i + 1]);
            }
        }
        return otherwise;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
