package dev.freshet;

import dev.freshet.control.Layout;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.event.EventRecorder;
import dev.freshet.host.Host;
import dev.freshet.host.Work;
import dev.freshet.store.PutResult;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Examines the lake: may it be written, is creating a file atomic, is there room, do the clocks agree, are all events
/// where they belong, and does this Freshet know its layout.
final class LakeCheckup {
    private static final String FOLDER = "_freshet/doctor/";
    private static final int RACERS = 8;
    private static final int ROUNDS = 20;
    private static final long LITTLE_ROOM = 1L << 30;
    private static final long GIGABYTE = 1_000_000_000L;
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(5);

    private final Path root;
    private final Store store;
    private final Host host;

    LakeCheckup(Path root, Store store, Host host) {
        this.root = root;
        this.store = store;
        this.host = host;
    }

    List<Finding> findings() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        try {
            findings.add(written());
            findings.add(raced());
        } catch (FreshetException failure) {
            findings.add(Finding.broken(
                    "lake",
                    String.valueOf(failure.getMessage()),
                    "make " + root + " writable for this user",
                    failure.code()));
            return findings;
        }
        findings.add(layout());
        findings.add(room());
        deadLetters().ifPresent(findings::add);
        return findings;
    }

    private Finding layout() {
        try {
            int layout = Layout.open(store, host).version();
            String detail = "layout " + layout + " of " + Layout.NEWEST;
            return layout == Layout.NEWEST
                    ? Finding.ok("layout", detail)
                    : Finding.doubtful("layout", detail, "freshet migrate");
        } catch (FreshetException failure) {
            return Finding.broken("layout", String.valueOf(failure.getMessage()), "", failure.code());
        }
    }

    /// Writes, reads and deletes; the store's timestamp shows its clock.
    private Finding written() {
        String key = FOLDER + host.newId();
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        store.putIfAbsent(key, bytes);
        Instant stamped = store.stat(key).orElseThrow().modified();
        store.delete(key);
        Duration apart = Duration.between(stamped, host.now()).abs();
        String detail = root + " is writable; its clock is " + apart.toMillis() + " ms from this machine's";
        return apart.compareTo(CLOCKS_MAY_DIFFER) < 0
                ? Finding.ok("lake", detail)
                : Finding.doubtful("lake", detail, "set the clocks by NTP: due times would be off, nothing else");
    }

    private Finding raced() throws InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            int winners = winners();
            if (winners != 1) {
                return Finding.broken(
                        "atomic",
                        winners + " of " + RACERS + " threads created the same file",
                        "use a file system whose link(2) is atomic; this one would lose commits",
                        ErrorCode.LAKE_UNREACHABLE);
            }
        }
        return Finding.ok("atomic", ROUNDS + " races of " + RACERS + " threads for one file, one winner each");
    }

    private int winners() throws InterruptedException {
        String key = FOLDER + host.newId();
        AtomicInteger winners = new AtomicInteger();
        List<Work> racers = new ArrayList<>();
        for (int racer = 0; racer < RACERS; racer++) {
            byte[] mark = {(byte) racer};
            racers.add(host.start("doctor-" + racer, () -> {
                if (store.putIfAbsent(key, mark) == PutResult.CREATED) winners.incrementAndGet();
            }));
        }
        while (!racers.stream().allMatch(Work::ended)) host.sleep(POLL);
        store.delete(key);
        return winners.get();
    }

    /// Events that could not be stored where they belong; somebody should look why.
    private Optional<Finding> deadLetters() {
        return new DeltaTable(store, EventRecorder.FOLDER + "/" + EventRecorder.DEAD_LETTERS, host)
                .latest()
                .map(letters -> letters.rows().orElse(0))
                .filter(rows -> rows > 0)
                .map(rows -> Finding.doubtful(
                        "events",
                        rows + " events could not be stored where they belong",
                        "look at 'freshet events " + EventRecorder.DEAD_LETTERS
                                + "': each says why, and for which table it was"));
    }

    private Finding room() {
        try {
            FileStore disk = Files.getFileStore(root);
            long free = disk.getUsableSpace();
            String detail = free / GIGABYTE + " GB free of " + disk.getTotalSpace() / GIGABYTE;
            return free >= LITTLE_ROOM
                    ? Finding.ok("disk", detail)
                    : Finding.doubtful("disk", detail, "make room: a copy needs the space of its dataset twice");
        } catch (IOException failure) {
            return Finding.doubtful("disk", "free space is not known: " + failure.getMessage(), "");
        }
    }
}
