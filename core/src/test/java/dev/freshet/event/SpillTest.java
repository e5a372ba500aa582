package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The files in which accepted events outlive their process.
@Timeout(60)
class SpillTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    private Path temp;

    private final BatonHost host = new BatonHost(3);
    private final Handled handler = new Handled();

    private EventRecorder recorder(Path folder, long bytes, QueueLimits queue) throws IOException {
        FullPolicy policy = new FullPolicy.Spill(folder, bytes);
        EventRecorder recorder = new EventRecorder(
                host,
                RecorderOptions.with(policy).withQueue(queue),
                new EventRecorder.Handlers(handler, handler),
                Spill.open(folder, host.newId(), bytes));
        recorder.recover();
        return recorder;
    }

    private EventRecorder recorder(Path folder) throws IOException {
        return recorder(folder, 64 << 20, QueueLimits.DEFAULT);
    }

    private void noLake() {
        handler.before = _ -> {
            throw new FreshetException(ErrorCode.LAKE_UNREACHABLE, "no lake");
        };
    }

    @Test
    void whatIsBeyondTheQueueIsSpilledAndStoredLaterInItsOrder() throws Exception {
        noLake();
        EventRecorder recorder = recorder(temp.resolve("spill"));
        for (int i = 0; i < 10_000; i++) {
            assertThat(recorder.record(Event.of("t" + i).payload("{}"))).isEqualTo(Acceptance.ACCEPTED);
        }
        host.sleep(Duration.ofMinutes(3));
        assertThat(recorder.counts().waiting()).isEqualTo(10_000);
        handler.before = _ -> {};
        assertThat(recorder.close(Duration.ofMinutes(2)).isNothing()).isTrue();
        assertThat(handler.entries())
                .extracting(Entry::type)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10_000).mapToObj(i -> "t" + i).toList());
        assertThat(recorder.counts().dropped()).isZero();
    }

    @Test
    void aRecorderThatStoredEverythingLeavesNoFile() throws Exception {
        EventRecorder recorder = recorder(temp.resolve("spill"));
        recorder.record(Event.of("a").in("one"));
        recorder.record(Event.of("a").in("two"));
        recorder.close();
        assertThat(files(temp.resolve("spill"))).isEmpty();
    }

    @Test
    void theNextProcessGoesOnWithWhatADeadOneAccepted() throws Exception {
        noLake();
        EventRecorder mortal = recorder(temp.resolve("spill"));
        for (int i = 0; i < 500; i++) {
            mortal.record(Event.of("t" + i).in(i % 2 == 0 ? "even" : "odd"));
        }
        host.sleep(Duration.ofSeconds(30));
        handler.before = _ -> {};
        Path disk = EventLake.afterDeath(temp.resolve("spill"), temp.resolve("after"));
        mortal.close(MINUTE);
        int before = handler.entries().size();
        EventRecorder successor = recorder(disk);
        assertThat(successor.counts().recovered()).isEqualTo(500);
        successor.record(Event.of("new").in("even"));
        assertThat(successor.close(MINUTE).isNothing()).isTrue();
        assertThat(handler.entries()).hasSize(before + 501);
        List<Entry> even = handler.entries("even").subList(before / 2, before / 2 + 251);
        assertThat(even).extracting(Entry::type).startsWith("t0", "t2").endsWith("new");
        assertThat(files(disk)).isEmpty();
    }

    @Test
    void whatWasStoredBeforeTheDeathIsNotStoredAgain() throws Exception {
        EventRecorder mortal = recorder(temp.resolve("spill"));
        for (int i = 0; i < 150; i++) {
            mortal.record(Event.of("stored"));
        }
        host.sleep(Duration.ofSeconds(1));
        assertThat(handler.entries()).hasSize(150);
        mortal.record(Event.of("left"));
        Path disk = EventLake.afterDeath(temp.resolve("spill"), temp.resolve("after"));
        handler.batches.clear();
        EventRecorder successor = recorder(disk);
        assertThat(successor.counts().recovered()).isEqualTo(1);
        successor.close();
        assertThat(handler.entries()).extracting(Entry::type).containsExactly("left");
    }

    @Test
    void aBatchThatADeadProcessBeganKeepsItsBoundsAndItsIntents() throws Exception {
        Path folder = temp.resolve("journal");
        Journal journal = Journal.open("events", folder, new Budget(1 << 20));
        offer(journal, "a", "b");
        Taken taken = journal.take(1 << 20).orElseThrow();
        Intent first = new Intent("lane:3", 77, 5);
        Intent second = new Intent("lane:4", 99, 5);
        taken.batch().intend(first);
        offer(journal, "c");
        taken.batch().intend(second);
        Journal after =
                Journal.open("events", EventLake.afterDeath(folder, temp.resolve("after")), new Budget(1 << 20));
        assertThat(after.size()).isEqualTo(3);
        EventBatch again = after.take(1).orElseThrow().batch();
        assertThat(types(again)).containsExactly("a", "b");
        assertThat(again.intents()).containsExactly(first, second);
        after.acknowledge();
        EventBatch next = after.take(1).orElseThrow().batch();
        assertThat(types(next)).containsExactly("c");
        assertThat(next.intents()).isEmpty();
    }

    @Test
    void aFrameThatADeathCutOffIsNoPartOfTheJournalWhereverItWasCut() throws Exception {
        Path folder = temp.resolve("journal");
        Journal journal = Journal.open("events", folder, new Budget(1 << 20));
        offer(journal, "first", "second");
        Path file = files(folder).getFirst();
        long whole = Files.size(file);
        offer(journal, "cut");
        long end = Files.size(file);
        for (long cut = whole; cut < end; cut++) {
            Path copy = EventLake.afterDeath(folder, temp.resolve("cut" + cut));
            try (RandomAccessFile torn =
                    new RandomAccessFile(files(copy).getFirst().toFile(), "rw")) {
                torn.setLength(cut);
            }
            Journal after = Journal.open("events", copy, new Budget(1 << 20));
            offer(after, "new");
            assertThat(types(after.take(1 << 20).orElseThrow().batch())).containsExactly("first", "second", "new");
        }
    }

    @Test
    void aFullDiskIsBoundedAndThenTheQueueAndThenEventsAreDroppedAndCounted() throws Exception {
        noLake();
        String payload = "\"" + "x".repeat(1000) + "\"";
        EventRecorder recorder = recorder(temp.resolve("spill"), 100_000, new QueueLimits(10, 8 << 20));
        int accepted = 0;
        for (int i = 0; i < 200; i++) {
            accepted += recorder.record(Event.of("t").payload(payload)) == Acceptance.ACCEPTED ? 1 : 0;
        }
        assertThat(accepted).isBetween(100, 110);
        assertThat(recorder.counts().spillBytes()).isLessThanOrEqualTo(100_000);
        assertThat(recorder.counts().dropped()).isEqualTo(200 - accepted);
        handler.before = _ -> {};
        assertThat(recorder.flush(MINUTE)).isTrue();
        for (int i = 0; i < 90; i++) {
            assertThat(recorder.record(Event.of("t").payload(payload))).isEqualTo(Acceptance.ACCEPTED);
        }
        recorder.close();
        assertThat(handler.entries()).hasSize(accepted + 90);
    }

    @Test
    void filesOfWhatIsStoredAreDeletedWhileTheRecorderGoesOn() throws Exception {
        EventRecorder recorder = recorder(temp.resolve("spill"), 1 << 20, QueueLimits.DEFAULT);
        String payload = "\"" + "x".repeat(1000) + "\"";
        for (int i = 0; i < 20_000; i++) {
            assertThat(recorder.record(Event.of("t").payload(payload))).isEqualTo(Acceptance.ACCEPTED);
            if (i % 200 == 0) {
                host.sleep(Duration.ofMillis(100));
            }
        }
        assertThat(recorder.counts().dropped()).isZero();
        recorder.close();
        assertThat(handler.entries()).hasSize(20_000);
    }

    @Test
    void twoProcessesThatLiveDoNotTouchEachOthersFiles() throws Exception {
        noLake();
        EventRecorder one = recorder(temp.resolve("spill"));
        one.record(Event.of("one"));
        EventRecorder other = recorder(temp.resolve("spill"));
        assertThat(other.counts().recovered()).isZero();
        other.record(Event.of("other"));
        assertThat(other.close(Duration.ofSeconds(2)).spilled()).containsEntry("events", 1L);
        EventRecorder third = recorder(temp.resolve("spill"));
        assertThat(third.counts().recovered())
                .as("only what the closed one left")
                .isEqualTo(1);
        handler.before = _ -> {};
        third.close();
        one.close();
        assertThat(handler.entries()).extracting(Entry::type).containsExactly("other", "one");
    }

    @Test
    void twoRecordersOfOneProcessKeepTheirFilesFromOtherProcesses() throws Exception {
        noLake();
        Path folder = temp.resolve("spill");
        EventRecorder left = recorder(folder);
        left.record(Event.of("left"));
        left.close(Duration.ofSeconds(1));
        EventRecorder heir = recorder(folder);
        EventRecorder other = recorder(folder);
        heir.record(Event.of("heir"));
        other.record(Event.of("other"));
        assertThat(probe(folder)).isEqualTo("dead: []");
        heir.close(Duration.ofSeconds(1));
        assertThat(probe(folder)).as("what was left, and who left it").matches("dead: \\[\\w+, \\w+]");
        handler.before = _ -> {};
        other.close();
    }

    private static String probe(Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpillProbe.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return process.inputReader().lines().reduce((_, last) -> last).orElse("nothing");
    }

    @Test
    void anIntentOfALaterBatchStandsForAnAcknowledgementThatAPowerCutTook() throws Exception {
        Path folder = temp.resolve("journal");
        Journal journal = Journal.open("events", folder, new Budget(64 << 10));
        Intent first = new Intent("lane:3", 77, 5);
        Intent second = new Intent("lane:3", 78, 6);
        offer(journal, "a");
        journal.take(1 << 20).orElseThrow().batch().intend(first);
        Path file = files(folder).getFirst();
        long onTheDisk = Files.size(file);
        journal.acknowledge();
        offer(journal, "x".repeat(250), "y".repeat(250));
        while (files(folder).size() == 1) {
            offer(journal, "lost".repeat(60));
        }
        offer(journal, "b");
        journal.take(1 << 20).orElseThrow().batch().intend(second);
        Path copy = EventLake.afterDeath(folder, temp.resolve("after"));
        try (RandomAccessFile torn = new RandomAccessFile(files(copy).getFirst().toFile(), "rw")) {
            torn.setLength(onTheDisk);
        }
        Journal after = Journal.open("events", copy, new Budget(64 << 10));
        EventBatch batch = after.take(1 << 20).orElseThrow().batch();
        assertThat(types(batch)).doesNotContain("a").contains("b");
        assertThat(batch.intents()).containsExactly(second);
    }

    @Test
    void aDiskThatFailsLeavesTheQueue() throws Exception {
        Path folder = Files.writeString(temp.resolve("spill"), "no folder");
        EventLake lake = new EventLake(1);
        EventRecorder recorder = lake.spilling(lake.store, folder);
        assertThat(recorder.record(Event.of("a"))).isEqualTo(Acceptance.ACCEPTED);
        recorder.close();
        assertThat(lake.types("events")).containsExactly("a");
    }

    private void offer(Journal journal, String... types) {
        for (String type : types) {
            Entry entry = Entry.freeze(Event.of(type), host.now());
            assertThat(journal.offer(new Waiting(entry, EntryBytes.write(entry), null)))
                    .isTrue();
        }
    }

    private static List<String> types(EventBatch batch) {
        List<String> types = new ArrayList<>();
        batch.groups().forEach(group -> group.entries().forEach(entry -> types.add(entry.type())));
        return types;
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
