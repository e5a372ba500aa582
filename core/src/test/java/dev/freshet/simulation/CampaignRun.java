package dev.freshet.simulation;

import dev.freshet.host.Guard;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Plays the stories of many seeds, prints those in which something broke, and ends with one JSON object.
public final class CampaignRun {
    private static final double NANOS = 1e9;
    private static final int MOST_SHOWN = 5;

    private CampaignRun() {}

    /// @param arguments the project's folder, which is not needed, and options
    public static void main(String[] arguments) throws InterruptedException {
        Options options = Options.parse(arguments);
        if (options.trace() >= 0) {
            Outcome outcome = Simulation.play(options.kind(), options.trace(), options.removed(), System.out::println);
            outcome.violations().forEach(violation -> System.out.println("VIOLATION " + violation));
            return;
        }
        long start = System.nanoTime();
        Campaign campaign = played(options, start);
        System.out.println(campaign.json((System.nanoTime() - start) / NANOS));
        System.exit(campaign.broken().isEmpty() ? 0 : 1);
    }

    private static Campaign played(Options options, long start) throws InterruptedException {
        Campaign campaign = new Campaign();
        AtomicLong next = new AtomicLong(options.first());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < options.threads(); i++) {
            threads.add(Thread.ofPlatform().start(() -> play(options, campaign, next, start)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return campaign;
    }

    private static void play(Options options, Campaign campaign, AtomicLong next, long start) {
        long end = options.first() + options.seeds();
        for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
            Outcome story = story(options, seed);
            campaign.add(story);
            if (!story.violations().isEmpty() && campaign.broken().size() <= MOST_SHOWN) {
                show(options, story);
            }
            if (campaign.seeds() % 50 == 0) {
                System.err.println(String.format(
                        Locale.ROOT,
                        "simulate: %d seeds, %.1f a second, per seed: %s decisions, %s reclaims; %d broken",
                        campaign.seeds(),
                        campaign.seeds() / ((System.nanoTime() - start) / NANOS),
                        campaign.perSeed(Count.DECISIONS),
                        campaign.perSeed(Count.RECLAIMS),
                        campaign.broken().size()));
            }
        }
    }

    private static Outcome story(Options options, long seed) {
        try {
            return Simulation.play(options.kind(), seed, options.removed(), _ -> {});
        } catch (RuntimeException | AssertionError e) {
            e.printStackTrace();
            return new Outcome(seed, List.of("the story did not end: " + e), Map.of(), "");
        }
    }

    private static void show(Options options, Outcome story) {
        System.err.println("simulate: seed " + story.seed() + " is broken; see it with: bench/run simulate --scenario "
                + options.kind().name().toLowerCase(Locale.ROOT) + " --trace " + story.seed());
        story.violations().forEach(violation -> System.err.println("  " + violation));
    }

    /// What the command line says.
    private record Options(long seeds, long first, Story.Kind kind, int threads, long trace, Set<Guard> removed) {
        static Options parse(String[] arguments) {
            Options options = new Options(2000, 1, Story.Kind.STORM, 2, -1, Set.of());
            for (int i = 1; i + 1 < arguments.length; i += 2) {
                options = options.with(arguments[i], arguments[i + 1]);
            }
            return options;
        }

        private Options with(String name, String value) {
            return switch (name) {
                case "--seeds" -> new Options(Long.parseLong(value), first, kind, threads, trace, removed);
                case "--first" -> new Options(seeds, Long.parseLong(value), kind, threads, trace, removed);
                case "--scenario" ->
                    new Options(
                            seeds, first, Story.Kind.valueOf(value.toUpperCase(Locale.ROOT)), threads, trace, removed);
                case "--threads" -> new Options(seeds, first, kind, Integer.parseInt(value), trace, removed);
                case "--trace" -> new Options(seeds, first, kind, threads, Long.parseLong(value), removed);
                case "--without" ->
                    new Options(
                            seeds, first, kind, threads, trace, Set.of(Guard.valueOf(value.toUpperCase(Locale.ROOT))));
                default -> throw new IllegalArgumentException("simulate has no option " + name);
            };
        }
    }
}
