package dev.freshet.rollup;

import static dev.freshet.rollup.UsageLake.made;

import dev.freshet.schedule.Outcome;
import dev.freshet.schedule.RunRecord;
import dev.freshet.store.DyingStore;
import dev.freshet.table.DataFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// One seed's story of a table of facts that is changed in every way while its rollup follows, in processes that are
/// killed now and then at some store operation. After each run that succeeds, the rollup must be what its facts make.
final class RollupStory {
    private static final Instant BEGIN = Instant.parse("2025-11-20T00:00:00Z");
    private static final int STEPS = 14;
    private static final int HOURS = 24 * 40;

    private final Random random;
    private final UsageLake lake;
    private final Safeguards safeguards;
    private final List<String> told = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<DataFile, List<Fact>> late = new LinkedHashMap<>();

    /// What the rows below the floor are, from the moment that retention moved it.
    private Map<List<@Nullable Object>, List<@Nullable Object>> frozen = new LinkedHashMap<>();

    private @Nullable Instant floor;
    private boolean lost;
    private int kills;
    private int runs;

    RollupStory(Path folder, long seed, Safeguards safeguards) {
        this.random = new Random(seed);
        this.lake = new UsageLake(folder, seed);
        lake.mostRows = seed % 2 == 0 ? 3 : lake.mostRows;
        this.safeguards = safeguards;
    }

    /// What was broken, in words; nothing if all is well.
    List<String> play() {
        lake.facts.create();
        for (int i = 0; i < STEPS && violations.isEmpty(); i++) {
            lake.clock.pass(Duration.ofMinutes(20 + random.nextInt(600)));
            change();
            if (random.nextInt(10) < 6) {
                run();
            }
        }
        if (violations.isEmpty()) {
            run();
            verify();
        }
        return violations;
    }

    List<String> told() {
        return told;
    }

    int kills() {
        return kills;
    }

    int runs() {
        return runs;
    }

    private void change() {
        int choice = random.nextInt(100);
        if (choice < 35) {
            tell("insert", () -> lake.facts.insert(some(1 + random.nextInt(6), recent())));
        } else if (choice < 45) {
            tell("insert spread", () -> lake.facts.insert(some(1 + random.nextInt(8), random.nextInt(HOURS))));
        } else if (choice < 55) {
            tell("write late", this::writeLate);
        } else if (choice < 65) {
            tell("land late", this::landLate);
        } else if (choice < 73) {
            String model = model();
            tell(
                    "update",
                    () -> lake.facts.change(
                            fact -> fact.model().equals(model) && fact.tokens() % 3 == 0,
                            fact -> List.of(fact.with(fact.tokens() + 1, lake.clock.now()))));
        } else if (choice < 80) {
            tell("delete", () -> lake.facts.delete(fact -> fact.tokens() % 7 == 0));
        } else if (choice < 86) {
            tell("optimize", lake.facts::optimize);
        } else if (choice < 91) {
            tell("retention", this::retain);
        } else if (choice < 95) {
            tell(
                    "vacuum",
                    () -> lake.facts.vacuum(RollupNeeds.oldestVersion(lake.store, lake.clock, "datasets/task_usage")
                            .orElse(0)));
        } else if (choice < 97) {
            tell("vacuum all", () -> {
                lake.facts.vacuum(lake.facts.version());
                lost = true;
            });
        } else {
            tell(
                    "replace",
                    () -> lake.facts.replace(lake.facts.facts().stream()
                            .filter(fact -> fact.tokens() % 5 != 0)
                            .toList()));
        }
    }

    private void tell(String what, Runnable action) {
        action.run();
        told.add(what + " -> version " + lake.facts.version() + ", "
                + lake.facts.facts().size() + " facts");
    }

    private int recent() {
        return (int) Math.max(0, Math.min(HOURS - 1L, HOURS - 1 - random.nextInt(48)));
    }

    private List<Fact> some(int count, int hour) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant created = BEGIN.plus(Math.max(0, hour - random.nextInt(4)), ChronoUnit.HOURS)
                    .plusMillis(random.nextInt(3_600_000));
            facts.add(new Fact(
                    created,
                    created.plusSeconds(random.nextInt(100_000)),
                    random.nextBoolean() ? "w1" : "w2",
                    random.nextBoolean() ? "p1" : null,
                    model(),
                    random.nextInt(1000),
                    "t" + random.nextInt(5)));
        }
        return facts;
    }

    private String model() {
        return "m" + random.nextInt(2);
    }

    private void writeLate() {
        List<Fact> facts = some(1 + random.nextInt(3), random.nextInt(HOURS));
        late.put(lake.facts.write(facts), facts);
    }

    /// A long transaction ends: its facts are old, and its file was written long ago.
    private void landLate() {
        if (!late.isEmpty()) {
            DataFile file = late.keySet().iterator().next();
            List<Fact> facts = late.remove(file);
            if (lake.store.stat("datasets/task_usage/" + file.path()).isPresent()) {
                lake.facts.land(file, facts);
            }
        }
    }

    private void retain() {
        Instant from = BEGIN.plus(random.nextInt(HOURS), ChronoUnit.HOURS).plusSeconds(random.nextInt(3600));
        List<Fact> before = lake.facts.facts();
        boolean removed = lake.facts.retain(from);
        if (removed
                && lake.state().filter(known -> known.processedVersion() >= 0).isPresent()
                && !lost) {
            freeze(before, from);
        } else if (removed) {
            lost |= lake.state().isPresent();
        }
    }

    /// From now on the rows of all hours below stay as the facts make them at this moment.
    private void freeze(List<Fact> facts, Instant from) {
        Instant hour = Buckets.start(Buckets.from(from));
        if (floor == null || hour.isAfter(floor)) {
            Instant former = floor;
            made(facts.stream()
                            .filter(fact -> fact.created().isBefore(hour))
                            .filter(fact -> former == null || !fact.created().isBefore(former))
                            .toList())
                    .forEach(frozen::put);
            floor = hour;
        }
    }

    private void run() {
        Map<List<@Nullable Object>, List<@Nullable Object>> before = lake.rows();
        boolean backfill = random.nextInt(6) == 0;
        if (random.nextInt(3) == 0 && dies(backfill)) {
            kills++;
            told.add("killed, state " + lake.state().orElse(null));
        }
        RunRecord run = record(lake.process(lake.store, safeguards), backfill);
        runs++;
        told.add((backfill ? "backfill " : "tick ") + run.outcome() + " " + run.error() + ", state "
                + lake.state().orElse(null));
        if (run.outcome() == Outcome.FAILED) {
            violations.add("the run failed: " + run.error());
            return;
        }
        if (lost) {
            adopt(before);
        }
        check();
    }

    /// Versions were lost: what is below the floor now is what it was before, whatever that was.
    private void adopt(Map<List<@Nullable Object>, List<@Nullable Object>> before) {
        floor = lake.state()
                .map(RollupState::retainedFrom)
                .map(time -> Buckets.start(Buckets.from(time)))
                .orElse(null);
        frozen = new LinkedHashMap<>(lake.rows());
        frozen.keySet().removeIf(key -> floor == null || !((Instant) key.getFirst()).isBefore(floor));
        frozen.forEach((key, row) -> {
            if (!row.equals(before.get(key)) && kills == 0) {
                violations.add("a row below the floor became another one: " + key);
            }
        });
        lost = false;
    }

    private boolean dies(boolean backfill) {
        DyingStore dying = new DyingStore(lake.store, DyingStore.CHANGES, 1 + random.nextInt(14), random.nextBoolean());
        try {
            record(lake.process(dying, safeguards), backfill);
        } catch (DyingStore.KilledError _) {
            return true;
        }
        return false;
    }

    private static RunRecord record(UsageLake.Process process, boolean backfill) {
        return backfill ? process.backfill() : process.tick();
    }

    private void check() {
        Map<List<@Nullable Object>, List<@Nullable Object>> expected = new LinkedHashMap<>(frozen);
        expected.putAll(made(lake.facts.facts().stream()
                .filter(fact -> floor == null || !fact.created().isBefore(floor))
                .toList()));
        Map<List<@Nullable Object>, List<@Nullable Object>> found = lake.rows();
        if (!found.equals(expected)) {
            expected.forEach((key, row) -> {
                if (!row.equals(found.get(key))) {
                    violations.add("%s is %s and should be %s".formatted(key, found.get(key), row));
                }
            });
            found.keySet().stream()
                    .filter(key -> !expected.containsKey(key))
                    .forEach(key -> violations.add(key + " should not be there"));
        }
        long processed = lake.state().orElseThrow().processedVersion();
        if (processed != lake.facts.version()) {
            violations.add("version %d is processed of %d".formatted(processed, lake.facts.version()));
        }
    }

    private void verify() {
        RollupCheck check = lake.rollup().verify();
        if (!check.equal()) {
            violations.add("verify does not find it equal: " + check);
        }
    }
}
