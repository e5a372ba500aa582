package dev.freshet.rollup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Plays the stories of many seeds, prints those in which something broke, and ends with one JSON object.
public final class StoryRun {
    private static final long DEFAULT_SEEDS = 1000;
    private static final int MOST_SHOWN = 5;
    private static final double NANOS = 1e9;

    private final long first;
    private final long seeds;
    private final long start = System.nanoTime();
    private final AtomicLong next;
    private long played;
    private long violations;
    private long broken;
    private long runs;
    private long kills;

    private StoryRun(long first, long seeds) {
        this.first = first;
        this.seeds = seeds;
        this.next = new AtomicLong(first);
    }

    /// @param arguments the project's folder, which is not needed; `--seeds N`, `--first SEED`, `--threads N`
    public static void main(String[] arguments) throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        StoryRun run = new StoryRun(option(arguments, "--first", 1), option(arguments, "--seeds", DEFAULT_SEEDS));
        run.play(option(arguments, "--threads", processors));
        System.out.println(run.json());
        System.exit(run.violations == 0 ? 0 : 1);
    }

    private static long option(String[] arguments, String name, long otherwise) {
        for (int i = 1; i < arguments.length - 1; i++) {
            if (arguments[i].equals(name)) {
                return Long.parseLong(arguments[i + 1]);
            }
        }
        return otherwise;
    }

    private void play(long threads) throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (long i = 0; i < threads; i++) {
            all.add(Thread.ofPlatform().start(this::play));
        }
        for (Thread thread : all) {
            thread.join();
        }
    }

    private void play() {
        for (long seed = next.getAndIncrement(); seed < first + seeds; seed = next.getAndIncrement()) {
            try {
                Path folder = Files.createTempDirectory("freshet-rollup-");
                RollupStory story = new RollupStory(folder, seed, Safeguards.ALL);
                count(seed, story, played(story));
                delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<String> played(RollupStory story) {
        try {
            return story.play();
        } catch (RuntimeException | AssertionError e) {
            e.printStackTrace();
            return List.of("the story did not end: " + e);
        }
    }

    private synchronized void count(long seed, RollupStory story, List<String> found) {
        played++;
        violations += found.size();
        runs += story.runs();
        kills += story.kills();
        if (!found.isEmpty() && broken++ < MOST_SHOWN) {
            System.err.println("rollup-schedules: seed " + seed + " is broken");
            story.told().forEach(line -> System.err.println("  " + line));
            found.stream().limit(MOST_SHOWN).forEach(line -> System.err.println("  VIOLATION " + line));
        }
        if (played % 50 == 0) {
            System.err.printf(Locale.ROOT, "rollup-schedules: %d seeds, %.1f a second%n", played, played / seconds());
        }
    }

    private double seconds() {
        return (System.nanoTime() - start) / NANOS;
    }

    private String json() {
        return String.format(
                Locale.ROOT,
                "{\"seeds\":%d,\"violations\":%d,\"broken_seeds\":%d,\"runs\":%d,\"kills\":%d,\"seconds\":%.1f}",
                played,
                violations,
                broken,
                runs,
                kills,
                seconds());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
