package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a recorder does with events before they reach a lake.
@Timeout(60)
class EventRecorderTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final BatonHost host = new BatonHost(1);
    private final Handled handler = new Handled();

    private EventRecorder recorder(RecorderOptions options) {
        return Handled.recorder(host, options, handler);
    }

    private EventRecorder recorder() {
        return recorder(RecorderOptions.with(new FullPolicy.Drop()));
    }

    @Test
    void aRecordedEventReachesTheHandlerAndTheWorkerEndsAfterClose() {
        EventRecorder recorder = recorder();
        assertThat(recorder.record(Event.of("test_event").payload("{\"procedure_id\":\"1234567890\"}")))
                .isEqualTo(Acceptance.ACCEPTED);
        assertThat(recorder.close(MINUTE).isNothing()).isTrue();
        assertThat(handler.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo("test_event");
            assertThat(entry.payload()).isEqualTo("{\"procedure_id\":\"1234567890\"}");
            assertThat(entry.table()).isEqualTo("events");
        });
        assertThat(recorder.counts().stored()).isEqualTo(1);
    }

    @Test
    void anErrorOfTheHandlerSurfacesAtCloseAndIsNotRetried() {
        handler.before = _ -> {
            throw new AssertionError("expected 1, was 2");
        };
        EventRecorder recorder = recorder();
        recorder.record(Event.of("test_event"));
        assertThatThrownBy(() -> recorder.close(MINUTE))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected 1, was 2");
        assertThat(handler.attempts).containsEntry("events", 1);
    }

    @Test
    void sevenEventsFormThreeGroupsAndEachBuildsOneInsert() {
        Column n = new Column("n", ColumnType.LONG, true);
        EventRecorder recorder = recorder();
        for (long i = 0; i < 3; i++) {
            recorder.record(Event.of("A").rows(List.of(n), List.of(List.of(i))));
            if (i < 2) {
                recorder.record(Event.of("B").in("table_B").rows(List.of(n), List.of(List.of(i))));
                recorder.record(Event.of("C").in("table_C").rows(List.of(n), List.of(List.of(i))));
            }
        }
        recorder.close();
        List<Insert> inserts = handler.batches.stream()
                .flatMap(batch -> batch.groups().stream())
                .map(EventGroup::insert)
                .toList();
        assertThat(inserts).extracting(Insert::table).containsExactlyInAnyOrder("events", "table_B", "table_C");
        assertThat(inserts).extracting(Insert::rows).containsExactlyInAnyOrder(3L, 2L, 2L);
        assertThat(inserts)
                .allSatisfy(insert -> assertThat(insert.schema().columns())
                        .extracting(Column::name)
                        .containsExactly("type", "payload", "timestamp", "timestamp_nanos", "day", "n"));
    }

    @Test
    void eventsOfOneTypeGoToTheTableThatEachOfThemNames() {
        EventRecorder recorder = recorder();
        recorder.record(Event.of("login").in("web"));
        recorder.record(Event.of("login").in("app"));
        recorder.record(Event.of("login").in("web").with("user", ColumnType.STRING, "ann"));
        recorder.close();
        assertThat(handler.entries("web")).hasSize(2);
        assertThat(handler.entries("app")).hasSize(1);
        assertThat(handler.batches).hasSize(2);
        assertThat(handler.batches.stream()
                        .filter(batch -> batch.table().equals("web"))
                        .findFirst()
                        .orElseThrow()
                        .groups())
                .as("one group for each schema")
                .hasSize(2);
    }

    @Test
    void anInsertOfMismatchedSchemasIsRefusedAndShowsExpectedAndActual() {
        Entry one = Entry.freeze(Event.of("t").with("n", ColumnType.LONG, 1L), host.now());
        Entry other = Entry.freeze(Event.of("t").with("n", ColumnType.STRING, "1"), host.now());
        assertThatThrownBy(() -> Insert.of(List.of(one, other)))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("expected events(n long), actual events(n string)");
    }

    @Test
    void allFieldsAreFrozenWhenAnEventIsRecordedWhateverBecomesOfItLater() {
        AtomicInteger failures = new AtomicInteger(3);
        handler.before = _ -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
        };
        EventRecorder recorder = recorder();
        Instant before = host.now();
        recorder.record(Event.of("a"));
        host.pass(Duration.ofSeconds(3));
        Instant later = host.now();
        recorder.record(Event.of("b"));
        recorder.close();
        assertThat(handler.entries()).extracting(Entry::timestamp).containsExactly(before, later);
    }

    @Test
    void aFlushStartsAfterFiveSeconds() throws Exception {
        EventRecorder recorder = recorder();
        recorder.record(Event.of("a"));
        host.sleep(Duration.ofMillis(4900));
        assertThat(handler.batches).isEmpty();
        host.sleep(Duration.ofMillis(200));
        assertThat(handler.batches).hasSize(1);
        recorder.close();
    }

    @Test
    void aFlushStartsBeforeThe101stEventIsTakenAndTakesAllThatWait() throws Exception {
        EventRecorder recorder = recorder();
        for (int i = 0; i < 100; i++) {
            recorder.record(Event.of("a"));
        }
        host.sleep(Duration.ofMillis(50));
        assertThat(handler.batches).hasSize(1);
        assertThat(handler.batches.getFirst().size()).isEqualTo(100);
        for (int i = 0; i < 250; i++) {
            recorder.record(Event.of("a"));
        }
        host.sleep(Duration.ofMillis(50));
        assertThat(handler.batches).hasSize(2);
        assertThat(handler.batches.getLast().size()).isEqualTo(250);
        recorder.close();
    }

    @Test
    void aFlushTakesNoMoreThanItsBytes() {
        String payload = "\"" + "x".repeat(1000) + "\"";
        EventRecorder recorder = recorder(RecorderOptions.with(new FullPolicy.Drop())
                .withFlush(new FlushTerms(1000, Duration.ofSeconds(5), 10_500)));
        for (int i = 0; i < 25; i++) {
            recorder.record(Event.of("a").payload(payload));
        }
        recorder.close();
        assertThat(handler.batches).extracting(EventBatch::size).containsExactly(10, 10, 5);
    }

    @Test
    void aBatchStaysAtTheHeadAndIsTriedAgainLaterAndLater() {
        List<Instant> attempts = new ArrayList<>();
        handler.before = _ -> {
            attempts.add(host.now());
            if (attempts.size() < 8) {
                throw new IllegalStateException("no lake");
            }
        };
        EventRecorder recorder = recorder();
        recorder.record(Event.of("first"));
        sleep(Duration.ofMillis(5_100));
        recorder.record(Event.of("second"));
        sleep(Duration.ofMinutes(5));
        assertThat(handler.entries()).extracting(Entry::type).containsExactly("first", "second");
        assertThat(handler.batches.getFirst().size())
                .as("the batch that failed stays as it was")
                .isEqualTo(1);
        assertThat(pause(attempts, 0)).isBetween(Duration.ofMillis(1500), Duration.ofMillis(1900));
        assertThat(pause(attempts, 1)).isBetween(Duration.ofMillis(2900), Duration.ofMillis(3700));
        assertThat(pause(attempts, 2)).isBetween(Duration.ofMillis(4500), Duration.ofMillis(5600));
        assertThat(pause(attempts, 3)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(12));
        assertThat(recorder.counts().failures()).isEqualTo(7);
        recorder.close();
    }

    private static Duration pause(List<Instant> attempts, int after) {
        return Duration.between(attempts.get(after), attempts.get(after + 1));
    }

    private void sleep(Duration time) {
        try {
            host.sleep(time);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFailingLaneBlocksOnlyItselfAndNothingIsStoredTwice() {
        handler.before = batch -> {
            if (batch.table().equals("broken")) {
                throw new IllegalStateException("no table");
            }
        };
        EventRecorder recorder = recorder();
        for (int i = 0; i < 300; i++) {
            recorder.record(Event.of("a").in(i % 2 == 0 ? "broken" : "fine"));
            sleep(Duration.ofMillis(100));
        }
        sleep(Duration.ofSeconds(6));
        assertThat(handler.entries("fine")).hasSize(150);
        assertThat(handler.entries("broken")).isEmpty();
        handler.before = _ -> {};
        assertThat(recorder.close(Duration.ofMinutes(2)).isNothing()).isTrue();
        assertThat(handler.entries("broken")).hasSize(150);
        assertThat(handler.entries("fine")).hasSize(150);
    }

    @Test
    void aFullQueueDropsWhatThePolicySaysAndCountsEveryOne() {
        EventRecorder recorder =
                recorder(RecorderOptions.with(new FullPolicy.Drop()).withQueue(new QueueLimits(10, 8 << 20)));
        for (int i = 0; i < 15; i++) {
            assertThat(recorder.record(Event.of("a"))).isEqualTo(i < 10 ? Acceptance.ACCEPTED : Acceptance.DROPPED);
        }
        recorder.close();
        assertThat(handler.entries()).hasSize(10);
        assertThat(recorder.counts().dropped()).isEqualTo(5);
        assertThat(recorder.counts().recorded()).isEqualTo(10);
    }

    @Test
    void aQueueIsBoundedInBytesToo() {
        String payload = "\"" + "x".repeat(600_000) + "\"";
        EventRecorder recorder =
                recorder(RecorderOptions.with(new FullPolicy.Drop()).withQueue(new QueueLimits(1000, 2 << 20)));
        int accepted = 0;
        for (int i = 0; i < 10; i++) {
            accepted += recorder.record(Event.of("a").payload(payload)) == Acceptance.ACCEPTED ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(3);
        recorder.close();
        assertThat(recorder.counts().dropped()).isEqualTo(7);
    }

    @Test
    void whoBlocksWaitsForRoomButNotLongerThanItsTimeout() {
        EventRecorder recorder = recorder(RecorderOptions.with(new FullPolicy.Block(Duration.ofSeconds(2)))
                .withQueue(new QueueLimits(1, 8 << 20)));
        recorder.record(Event.of("a"));
        assertThat(recorder.record(Event.of("b"))).as("there is room soon").isEqualTo(Acceptance.ACCEPTED);
        handler.before = _ -> {
            throw new IllegalStateException("no lake");
        };
        Instant start = host.now();
        assertThat(recorder.record(Event.of("c"))).isEqualTo(Acceptance.DROPPED);
        assertThat(Duration.between(start, host.now())).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2100));
        assertThat(recorder.counts().dropped()).isEqualTo(1);
        handler.before = _ -> {};
        recorder.close();
        assertThat(handler.entries()).hasSize(2);
    }

    @Test
    void closeDrainsEverything() {
        EventRecorder recorder = recorder();
        for (int i = 0; i < 1500; i++) {
            recorder.record(Event.of("a").in("t" + i % 7));
        }
        assertThat(recorder.close(MINUTE).isNothing()).isTrue();
        assertThat(handler.entries()).hasSize(1500);
        assertThat(recorder.record(Event.of("late"))).isEqualTo(Acceptance.DROPPED);
        assertThat(recorder.close(MINUTE).isNothing())
                .as("closing again does nothing")
                .isTrue();
    }

    @Test
    void closeSaysWhatRemainsAndCountsIt() {
        handler.before = batch -> {
            if (batch.table().equals("broken")) {
                throw new IllegalStateException("no table");
            }
        };
        EventRecorder recorder = recorder();
        for (int i = 0; i < 30; i++) {
            recorder.record(Event.of("a").in(i % 3 == 0 ? "broken" : "fine"));
        }
        Instant start = host.now();
        Unstored rest = recorder.close(Duration.ofSeconds(20));
        assertThat(Duration.between(start, host.now())).isLessThan(Duration.ofSeconds(26));
        assertThat(rest.lost()).containsOnlyKeys("broken").containsEntry("broken", 10L);
        assertThat(rest.spilled()).isEmpty();
        assertThat(recorder.counts().lostLater()).isEqualTo(10);
        assertThat(handler.entries("fine")).hasSize(20);
    }

    @Test
    void onlyTheTypesThatAreWantedAreRecorded() {
        EventRecorder some =
                recorder(RecorderOptions.with(new FullPolicy.Drop()).withEventTypes(Set.of("a")));
        assertThat(some.record(Event.of("a"))).isEqualTo(Acceptance.ACCEPTED);
        assertThat(some.record(Event.of("b"))).isEqualTo(Acceptance.FILTERED);
        some.close();
        assertThat(some.counts().filtered()).isEqualTo(1);
        EventRecorder none =
                recorder(RecorderOptions.with(new FullPolicy.Drop()).withEventTypes(Set.of()));
        assertThat(none.record(Event.of("a"))).isEqualTo(Acceptance.FILTERED);
        none.close();
        assertThat(handler.entries()).extracting(Entry::type).containsExactly("a");
    }

    @Test
    void aThingOfTheDomainOffersItselfAsAnEvent() {
        record Login(String user) implements Recordable {
            @Override
            public Event event() {
                return Event.of("login").with("user", ColumnType.STRING, user);
            }
        }
        EventRecorder recorder = recorder();
        recorder.record(new Login("ann"));
        recorder.close();
        assertThat(handler.entries().getFirst().rows()).containsExactly(List.of("ann"));
    }

    @Test
    void durableEventsOfManyCallersShareTheNextBatch() throws Exception {
        EventRecorder recorder = recorder();
        handler.before = _ -> sleep(Duration.ofMillis(10));
        List<Work> callers = new ArrayList<>();
        AtomicInteger stored = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            callers.add(host.start("caller", () -> {
                try {
                    recorder.recordDurably(Event.of("a"));
                    stored.incrementAndGet();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        while (!callers.stream().allMatch(Work::ended)) {
            host.sleep(Duration.ofMillis(1));
        }
        assertThat(stored).hasValue(100);
        assertThat(handler.entries()).hasSize(100);
        assertThat(handler.batches).hasSizeLessThan(5);
        recorder.close();
    }

    @Test
    void aDurableEventThatIsNotThereInTimeIsOfUnknownOutcome() {
        handler.before = _ -> {
            throw new FreshetException(ErrorCode.LAKE_UNREACHABLE, "no lake");
        };
        EventRecorder recorder =
                recorder(RecorderOptions.with(new FullPolicy.Drop()).withDurableTimeout(Duration.ofSeconds(7)));
        Instant start = host.now();
        assertThatThrownBy(() -> recorder.recordDurably(Event.of("a")))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("not certain")
                .hasMessageContaining("no lake")
                .satisfies(e -> assertThat(((FreshetException) e).code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
        assertThat(Duration.between(start, host.now())).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
        recorder.close(Duration.ofSeconds(1));
    }

    @Test
    void refusedGroupsGoToTheDeadLettersWithTheReasonAndTheOthersAreStored() {
        EventRecorder recorder = recorder();
        recorder.record(Event.of("good"));
        recorder.record(Event.of("poison").payload("{}").with("n", ColumnType.LONG, 7L));
        handler.before = batch -> {
            List<EventGroup> bad = batch.groups().stream()
                    .filter(group ->
                            group.type().equals("poison") && !group.table().equals(EventRecorder.DEAD_LETTERS))
                    .toList();
            if (!bad.isEmpty()) {
                throw new RefusedGroupsException(bad, "it is poison");
            }
        };
        recorder.close();
        assertThat(handler.entries("events")).extracting(Entry::type).containsExactly("good");
        assertThat(handler.entries(EventRecorder.DEAD_LETTERS)).singleElement().satisfies(letter -> {
            assertThat(letter.type()).isEqualTo("poison");
            assertThat(letter.payload()).isEqualTo("{}");
            assertThat(letter.rows().getFirst()).containsExactly("it is poison", "events", "(n long)", "[[7]]");
        });
        RecorderCounts counts = recorder.counts();
        assertThat(counts.deadLettered()).isEqualTo(1);
        assertThat(counts.recorded()).isEqualTo(counts.stored() + counts.deadLettered());
    }

    @Test
    void aDurableEventThatCanNeverBeStoredIsRefused() {
        handler.before = batch -> {
            throw new RefusedGroupsException(batch.groups(), "it is poison");
        };
        EventRecorder recorder = recorder();
        assertThatThrownBy(() -> recorder.recordDurably(Event.of("a")))
                .hasMessageContaining("it is poison")
                .satisfies(e -> assertThat(((FreshetException) e).code()).isEqualTo(ErrorCode.VALUE_MISFIT));
        recorder.close();
    }
}
