package dev.freshet.event;

import dev.freshet.control.ControlTable;
import dev.freshet.control.Pod;
import dev.freshet.host.Host;
import dev.freshet.store.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records events into the lake's tables below `events/`. [#record] never makes its caller wait, unless its policy is
/// to; what it accepted is stored soon, or counted as dropped. [#recordDurably] returns once the event is in the lake.
/// Safe for use by many threads; holds no lock. Whoever opened it closes it, which stores what waits. An event that is
/// out of order is refused with a [FreshetException] (BAD_USAGE) that says what is wrong with it.
public final class EventRecorder implements AutoCloseable {
    /// Where the tables of events are in every lake.
    public static final String FOLDER = "events";

    /// The table of events that could never be stored in their own one, with the reasons.
    public static final String DEAD_LETTERS = "dead_letters";

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final int MOST_SLOTS = 256;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    private final Host host;
    private final RecorderOptions options;
    private final Counters counters = new Counters();
    private final @Nullable Spill spill;
    private final Handlers handlers;
    private final Lanes fast;
    private final Lanes durable;
    private final DurableCalls durableCalls;
    /// Calls of `record` that are under way.
    private final AtomicInteger entering = new AtomicInteger();

    private final AtomicReference<@Nullable Unstored> end = new AtomicReference<>();
    private volatile boolean closing;

    /// Where the batches of both kinds of lanes go.
    record Handlers(EventHandler fast, EventHandler durable) {}

    /// Opens a recorder for the lake. Nothing in the lake is read or written before the first event, unless a process
    /// of this machine died and left some.
    ///
    /// @param podId what this process is called
    public static EventRecorder open(Store store, Host host, String podId, RecorderOptions options) {
        return open(store, host, new ControlTable(store, host, Pod.named(podId, host)), options);
    }

    /// The same for a pod that no other recorder is for, with the lake's control table as that pod sees it.
    public static EventRecorder open(Store store, Host host, ControlTable control, RecorderOptions options) {
        return open(store, host, control, options, LEASE, MOST_SLOTS);
    }

    static EventRecorder open(
            Store store, Host host, ControlTable control, RecorderOptions options, Duration lease, int mostSlots) {
        Spill spill = spill(options, control.pod().instanceId());
        List<String> dead = spill == null ? List.of() : spill.dead();
        Slot fast = new Slot(control, host, lease, mostSlots, dead);
        Slot durable = new Slot(control, host, lease, mostSlots, dead);
        AtomicReference<@Nullable EventRecorder> recorder = new AtomicReference<>();
        LakeEvents.CommitWatch watch = (table, version) -> {
            EventRecorder opened = recorder.get();
            if (opened != null) {
                opened.fast.of(table).committed(version);
            }
        };
        EventRecorder opened = new EventRecorder(
                host,
                options,
                new Handlers(
                        new LakeEvents(store, host, fast, options, watch),
                        new LakeEvents(store, host, durable, options, (_, _) -> {})),
                spill);
        recorder.set(opened);
        opened.recover();
        return opened;
    }

    private static @Nullable Spill spill(RecorderOptions options, String instance) {
        if (options.whenFull() instanceof FullPolicy.Spill(var folder, var mostBytes)) {
            try {
                return Spill.open(folder, instance, mostBytes);
            } catch (IOException e) {
                LOG.warn("events: no spill in {}, they are kept in memory only: {}", folder, e.getMessage());
            }
        }
        return null;
    }

    /// A recorder for other places than a lake.
    EventRecorder(Host host, RecorderOptions options, Handlers handlers, @Nullable Spill spill) {
        this.host = host;
        this.options = options;
        this.spill = spill;
        this.handlers = handlers;
        this.fast = new Lanes(
                false,
                new Lane.Terms(host, handlers.fast, options.flush(), counters, this::bury),
                options.queue(),
                spill);
        this.durable = new Lanes(
                true,
                new Lane.Terms(host, handlers.durable, options.flush(), counters, this::bury),
                options.queue(),
                null);
        this.durableCalls =
                new DurableCalls(host, counters, options.durableTimeout(), () -> closing, () -> end.get() != null);
    }

    void recover() {
        counters.recovered.add(fast.recover());
    }

    /// Accepts the event, or counts it as dropped. What it says is frozen now.
    public Acceptance record(Event event) {
        Entry entry = Entry.freeze(event, host.now());
        if (!isWanted(event)) {
            counters.filtered.increment();
            return Acceptance.FILTERED;
        }
        byte[] bytes = bytes(event, entry);
        entering.incrementAndGet();
        try {
            boolean accepted = !closing && isTaken(fast.of(entry.table()), new Waiting(entry, bytes, null));
            (accepted ? counters.recorded : counters.dropped).increment();
            return accepted ? Acceptance.ACCEPTED : Acceptance.DROPPED;
        } finally {
            entering.decrementAndGet();
        }
    }

    public Acceptance record(Recordable thing) {
        return record(thing.event());
    }

    private boolean isWanted(Event event) {
        return options.eventTypes().map(types -> types.contains(event.type())).orElse(true);
    }

    private static byte[] bytes(Event event, Entry entry) {
        byte[] bytes = EntryBytes.write(entry);
        if (bytes.length > EventRules.MOST_BYTES) {
            throw EventRules.tooLarge(event, bytes.length);
        }
        return bytes;
    }

    private boolean isTaken(Lane lane, Waiting entry) {
        boolean taken = lane.offer(entry);
        if (!taken && options.whenFull() instanceof FullPolicy.Block(var timeout)) {
            taken = isTakenWithin(timeout, lane, entry);
        }
        lane.wake();
        return taken;
    }

    private boolean isTakenWithin(Duration timeout, Lane lane, Waiting entry) {
        long start = host.nanos();
        try {
            while (!closing && host.nanos() - start < timeout.toNanos()) {
                lane.hurry();
                host.sleep(LOOK);
                if (lane.offer(entry)) {
                    return true;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /// Returns once the event is in the lake: no loss of this machine can take it away any more.
    ///
    /// @throws FreshetException (VALUE_MISFIT) when it can never be stored; (OUTCOME_UNKNOWN) when that is not certain
    ///     in time, it may be there, and may still come; (CANCELLED) when the recorder is closed
    public Acceptance recordDurably(Event event) throws InterruptedException {
        Entry entry = Entry.freeze(event, host.now());
        if (!isWanted(event)) {
            counters.filtered.increment();
            return Acceptance.FILTERED;
        }
        Receipt receipt = new Receipt(entry);
        Waiting waiting = new Waiting(entry, bytes(event, entry), receipt);
        entering.incrementAndGet();
        try {
            durableCalls.store(durable.of(entry.table()), waiting, receipt);
            return Acceptance.ACCEPTED;
        } finally {
            entering.decrementAndGet();
        }
    }

    private void bury(Entry entry, String reason) {
        Entry letter = DeadLetters.of(entry, reason);
        boolean fits = !entry.table().equals(DEAD_LETTERS)
                && fast.of(DEAD_LETTERS).offer(new Waiting(letter, EntryBytes.write(letter), null));
        if (fits) {
            counters.deadLettered.increment();
            fast.of(DEAD_LETTERS).wake();
        } else {
            counters.lostLater.increment();
        }
    }

    /// Lets what waits be stored now, without waiting for more; returns at once.
    public void hurry() {
        fast.all().forEach(Lane::hurry);
    }

    /// Stores what waits now without waiting for more; false if that takes longer.
    public boolean flush(Duration timeout) throws InterruptedException {
        long start = host.nanos();
        while (waiting() > 0) {
            hurry();
            if (host.nanos() - start >= timeout.toNanos()) {
                return false;
            }
            host.sleep(LOOK);
        }
        return true;
    }

    private long waiting() {
        return fast.size() + durable.size();
    }

    public RecorderCounts counts() {
        return counters.now(waiting(), spill == null ? 0 : spill.bytes());
    }

    @Override
    public void close() {
        var _ = close(CLOSE_TIMEOUT);
    }

    /// Accepts nothing more, stores what waits, and ends. What a batch's handler threw that is no exception is thrown
    /// here.
    ///
    /// @return what could not be stored within the time
    public Unstored close(Duration timeout) {
        Unstored before = end.get();
        if (before != null) {
            return before;
        }
        closing = true;
        boolean interrupted = await(timeout, this::isDrained);
        List<Lane> lanes = lanes();
        lanes.forEach(Lane::stop);
        interrupted |= await(LAST_WORDS, () -> lanes.stream().allMatch(Lane::isEnded));
        Unstored rest = rest(lanes);
        end.set(rest);
        giveBack(lanes);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        lanes.forEach(EventRecorder::rethrow);
        return rest;
    }

    private List<Lane> lanes() {
        return Columns.plus(List.copyOf(fast.all()), List.copyOf(durable.all()));
    }

    private boolean isDrained() {
        List<Lane> lanes = lanes();
        lanes.forEach(Lane::close);
        return entering.get() == 0 && lanes.stream().allMatch(lane -> lane.size() == 0 || lane.failure() != null);
    }

    /// True when it was interrupted, which does not shorten it.
    private boolean await(Duration timeout, BooleanSupplier done) {
        boolean interrupted = Thread.interrupted();
        long start = host.nanos();
        while (!done.getAsBoolean() && host.nanos() - start < timeout.toNanos()) {
            try {
                host.sleep(LOOK);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private Unstored rest(List<Lane> lanes) {
        Map<String, Long> spilled = new TreeMap<>();
        Map<String, Long> lost = new TreeMap<>();
        for (Lane lane : lanes) {
            for (Backlog backlog : lane.backlogs()) {
                long size = backlog.size();
                if (size > 0) {
                    (backlog instanceof Journal ? spilled : lost).merge(lane.table(), size, Long::sum);
                }
            }
        }
        lost.values().forEach(counters.lostLater::add);
        return new Unstored(spilled, lost);
    }

    private void giveBack(List<Lane> lanes) {
        boolean ended = lanes.stream().allMatch(Lane::isEnded);
        if (ended) {
            lanes.forEach(lane -> lane.backlogs().forEach(Backlog::close));
            if (spill != null) {
                spill.close();
            }
        }
        if (ended && lanes.stream().allMatch(lane -> lane.size() == 0)) {
            handlers.fast.close();
            handlers.durable.close();
        }
    }

    private static void rethrow(Lane lane) {
        if (lane.failure() instanceof Error error) {
            throw error;
        }
    }
}
