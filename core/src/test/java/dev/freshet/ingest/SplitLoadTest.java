package dev.freshet.ingest;

import static dev.freshet.ingest.Copies.people;
import static dev.freshet.ingest.Copies.relaxed;
import static dev.freshet.ingest.Copies.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.checkpoint.Checkpoint;
import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.checkpoint.Checkpoints;
import dev.freshet.checkpoint.Tenure;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.event.EventType;
import dev.freshet.host.SettableHost;
import dev.freshet.schedule.TaskResult;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import dev.freshet.store.StoredObject;
import dev.freshet.table.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A relaxed ingest, its deaths and its successors.
class SplitLoadTest {
    private static final String CATALOG = "_freshet/checkpoints/ingest:people/catalog";

    private final SettableHost host = new SettableHost();
    private final Copies copies = new Copies(new MemoryStore(host), host);

    @Test
    void aTableIsReadSplitBySplitAndCommittedAtOnce() throws Exception {
        ListSource source = people(20);
        TaskResult result = copies.copy(source, 1);
        copies.checkEqual(source);
        assertThat(copies.newest().version()).isZero();
        assertThat(source.read()).hasSizeGreaterThan(3);
        assertThat(result.message()).matches("rows=20 dataset=people bytes=[1-9][0-9]*");
        assertThat(result.reason())
                .isEqualTo("splits=%d resumed=0", source.read().size());
        assertThat(copies.extras())
                .containsEntry("consistency", "relaxed")
                .containsEntry("splits", source.read().size())
                .containsEntry("splits_resumed", 0)
                .containsKey("oldest_file");
    }

    @Test
    void theSplitsFollowEachOtherWithoutAGapAndTheFirstAndTheLastAreOpen() throws Exception {
        ListSource source = people(20);
        copies.copy(source, 1);
        List<Split> read = source.read();
        assertThat(read.getFirst().from()).isNull();
        assertThat(read.getLast().to()).isNull();
        for (int i = 1; i < read.size(); i++) {
            assertThat(read.get(i).from()).isNotNull().isEqualTo(read.get(i - 1).to());
        }
    }

    @Test
    void aSuccessorReadsOnlyWhatWasNotCheckpointedAndWritesNoFileAgain() throws Exception {
        ListSource source = people(20);
        dieAt(source, 4);
        List<String> written = copies.files();
        List<Split> done = List.copyOf(source.read());
        assertThat(done).hasSize(3);
        assertThat(written).hasSize(3);

        TestRun successor = copies.run(2);
        TaskResult result = copies.copy(source.beforeRead(split -> {}), relaxed(), successor);
        copies.checkEqual(source);
        assertThat(successor.happened()).contains(EventType.RUN_RESUMED);
        assertThat(source.read()).doesNotHaveDuplicates();
        assertThat(copies.committedFiles()).containsAll(written);
        assertThat(result.reason())
                .isEqualTo("splits=%d resumed=3", source.read().size());
        assertThat(copies.extras()).containsEntry("splits_resumed", 3);
    }

    @Test
    void aLoadThatDiesAgainAndAgainStillGoesOn() throws Exception {
        ListSource source = people(10);
        for (int death = 1; death <= 3; death++) {
            source.read().clear();
            dieAt(source, 2, death);
            assertThat(source.read()).hasSize(1);
        }
        source.read().clear();
        TaskResult result = copies.copy(source.beforeRead(split -> {}), 9);
        assertThat(result.reason()).endsWith("resumed=3");
        copies.checkEqual(source);
    }

    @Test
    void afterTheCommitNoCheckpointIsLeftAndNoFileIsBorrowed() throws Exception {
        copies.copy(people(20), 1);
        assertThat(copies.checkpoints().exist()).isTrue();
        assertThat(copies.checkpoints().list()).isEmpty();
        assertThat(copies.checkpoints().storageInUse()).isZero();
        assertThat(Checkpoints.borrowed(copies.store(), host)).isEmpty();
    }

    @Test
    void whileItIsGoingItsFilesAreBorrowed() throws Exception {
        ListSource source = people(20);
        dieAt(source, 4);
        assertThat(Checkpoints.borrowed(copies.store(), host))
                .containsExactlyInAnyOrderElementsOf(copies.files().stream()
                        .map(name -> "datasets/people/" + name)
                        .toList());
        Checkpoint newest = copies.checkpoints().list().getLast();
        assertThat(newest.steps()).isEqualTo(3);
        assertThat(newest.processedRecords())
                .isEqualTo(source.rows()
                        .indexOf(row(
                                Long.parseLong(source.read().getLast().to()),
                                "a" + source.read().getLast().to())));
    }

    @Test
    void aTableOfOneSplitMakesNoCheckpoint() throws Exception {
        ListSource source = people(1);
        assertThat(copies.copy(source, 1).reason()).isEqualTo("splits=1 resumed=0");
        copies.checkEqual(source);
        assertThat(copies.checkpoints().exist()).isFalse();
    }

    @Test
    void anEmptyTableGivesAnEmptyDataset() throws Exception {
        ListSource source = people(0);
        assertThat(copies.copy(source, 1).message()).isEqualTo("rows=0 dataset=people bytes=0");
        assertThat(copies.rows()).isEmpty();
        assertThat(copies.checkpoints().exist()).isFalse();
    }

    @Test
    void aSplitThatAReplicaTookAwayIsReadAgainAndTheOthersAreNot() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        ListSource source = Copies.people(10);
        source.beforeRead(split -> {
            if (split.from() != null && taken.getAndIncrement() < 2) {
                throw new FreshetException(ErrorCode.SOURCE_CONFLICT, "recovery needed it");
            }
        });
        TaskResult result = copies.copy(source, 1);
        copies.checkEqual(source);
        assertThat(source.read()).doesNotHaveDuplicates();
        assertThat(result.reason()).contains(" again=2");
        assertThat(copies.files()).hasSameSizeAs(copies.committedFiles());
    }

    @Test
    void whatWasMadeToFitInASplitThatIsReadAgainIsCountedOnce() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        ListSource source = Copies.people(10);
        source.whenDescribed(request -> source.beforeRead(split -> {
            Copies.mend(request, 3);
            if (split.from() != null && taken.getAndIncrement() < 2) {
                throw new FreshetException(ErrorCode.SOURCE_CONFLICT, "recovery needed it");
            }
        }));
        TaskResult result = copies.copy(source, 1);
        int splits = source.read().size();
        assertThat(result.reason())
                .isEqualTo("splits=%d resumed=0 again=2; made to fit: %d of born", splits, 3 * splits);
        assertThat(copies.extras().get("made_to_fit")).hasToString("{born=%d}", 3 * splits);
    }

    @Test
    void whatWasMadeToFitInSplitsOfAnEarlierRunIsCountedToo() throws Exception {
        ListSource source = people(20);
        AtomicInteger reads = new AtomicInteger();
        source.whenDescribed(request -> source.beforeRead(split -> {
            Copies.mend(request, 3);
            if (reads.incrementAndGet() == 4) {
                throw new FreshetException(ErrorCode.SOURCE_FAILED, "the server went away");
            }
        }));
        assertThatThrownBy(() -> copies.copy(source, 1)).hasMessage("the server went away");
        TaskResult result = copies.copy(source, 2);
        int splits = source.read().size();
        assertThat(result.reason()).isEqualTo("splits=%d resumed=3; made to fit: %d of born", splits, 3 * splits);
        assertThat(copies.extras().get("made_to_fit")).hasToString("{born=%d}", 3 * splits);
    }

    @Test
    void aReplicaThatTakesAwayWhateverIsReadFailsTheRun() {
        AtomicInteger reads = new AtomicInteger();
        ListSource source = Copies.people(3).beforeRead(split -> {
            reads.incrementAndGet();
            throw new FreshetException(ErrorCode.SOURCE_CONFLICT, "recovery needed it");
        });
        assertThatThrownBy(() -> copies.copy(source, 1)).hasMessageContaining("recovery needed it");
        assertThat(reads).hasValue(5);
    }

    @Test
    void aTableWithoutAKeyIsReadInOneSnapshotAndSaysSo() throws Exception {
        ListSource source = people(20).keyed("");
        assertThat(copies.copy(source, 1).reason()).isEqualTo("one snapshot: the table has no key to split it by");
        assertThat(source.read()).containsExactly(Split.WHOLE);
        assertThat(copies.extras()).doesNotContainKey("consistency");
        copies.checkEqual(source);
    }

    @Test
    void aStrictRunReadsAllAgainAndForgetsWhatWasKept() throws Exception {
        ListSource source = people(20);
        dieAt(source, 4);
        source.read().clear();
        TaskResult result = copies.copy(source.beforeRead(split -> {}), Copies.strict(), copies.run(2));
        assertThat(source.read()).containsExactly(Split.WHOLE);
        assertThat(result.reason()).isNull();
        assertThat(copies.checkpoints().list()).isEmpty();
        copies.checkEqual(source);
    }

    @Test
    void aChangedDefinitionBeginsAnewAndSaysWhy() throws Exception {
        ObjectNode other = relaxed();
        other.putObject("columns").putObject("email").put("as", "string");
        checkBeginsAnew(other, source -> {}, "the definition has changed since it was begun");
        ObjectNode elsewhere = relaxed().put("dsn", "postgres://u:${env:PW}@h/other");
        checkBeginsAnew(elsewhere, source -> {}, "the definition has changed since it was begun");
    }

    @Test
    void whatChangesNoRowOfTheCopyDoesNotBeginAnew() throws Exception {
        ListSource source = people(20);
        dieAt(source, 4);
        ObjectNode kinder =
                relaxed().put("dsn", "postgres://other:${env:NEW}@h/db").put("max_rows_per_sec", 100_000);
        assertThat(copies.copy(source.beforeRead(split -> {}), kinder, copies.run(2))
                        .reason())
                .endsWith("resumed=3");
    }

    @Test
    void anotherKeyBeginsAnewAndSaysWhy() throws Exception {
        checkBeginsAnew(
                relaxed(),
                source -> source.keyed("id numeric"),
                "the table's key has changed since it was begun, from id bigint to id numeric");
    }

    @Test
    void otherColumnsBeginAnewAndSayWhy() throws Exception {
        dieAt(people(20), 4);
        var narrow = dev.freshet.batch.Schema.of(Copies.SCHEMA.column(0));
        List<List<Object>> rows = List.of(List.of(1L), List.of(2L));
        TaskResult result = copies.copy(new ListSource(narrow, rows).keyed("id bigint"), 2);
        assertThat(result.reason()).contains("begun anew: the table's columns have changed since it was begun");
        assertThat(result.rows()).isEqualTo(2);
    }

    @Test
    void whatARunCouldNotForgetAfterItsCommitIsNotTakenForARest() throws Exception {
        ListSource source = people(20);
        Store forgetful = new InterceptedStore(copies.store()) {
            @Override
            protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
                if (operation == Operation.PUT && key.startsWith(CATALOG) && committed()) {
                    throw StoreException.unknown("no answer from the store", null);
                }
                return action.get();
            }
        };
        assertThat(new Copies(forgetful, host).copy(source, 1).rows()).isEqualTo(20);
        assertThat(copies.checkpoints().list()).isNotEmpty();

        source.rows().set(0, row(0, "new"));
        source.read().clear();
        assertThat(copies.copy(source, 2).reason())
                .contains("resumed=0; begun anew: the dataset has been replaced since it was begun");
        assertThat(source.read().getFirst().from()).isNull();
        copies.checkEqual(source);
    }

    private boolean committed() {
        return !copies.store().list("datasets/people/_delta_log", "").isEmpty();
    }

    @Test
    void aTableThatChangesItsShapeInMidCopyEndsTheRunAndTheNextBeginsAnew() throws Exception {
        ListSource source = people(20);
        source.beforeRead(split -> source.keyed("id numeric"));
        assertThatThrownBy(() -> copies.copy(source, 1))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT))
                .hasMessageContaining("people cannot be copied any further: the table's key has changed");
        assertThat(copies.copy(source.beforeRead(split -> {}), 2).reason()).contains("resumed=0; begun anew");
        copies.checkEqual(source);
    }

    @Test
    void splitsThatWereCopiedTooLongAgoAreCopiedAgain() throws Exception {
        ListSource source = people(20);
        dieAt(source, 3);
        host.pass(Duration.ofDays(2));
        dieAt(source, 2, 2);
        host.pass(Duration.ofDays(1).plusHours(1));
        List<String> old = copies.files();
        source.read().clear();
        source.rows().set(0, row(0, "new"));

        TaskResult result = copies.copy(source.beforeRead(split -> {}), 3);
        copies.checkEqual(source);
        assertThat(old).hasSize(3);
        assertThat(copies.committedFiles()).contains(old.getLast()).doesNotContain(old.get(0), old.get(1));
        assertThat(result.reason()).endsWith("resumed=1");
        assertThat(copies.files()).as("what a checkpoint named is vacuum's").containsAll(old);
    }

    @Test
    void rowsThatAreAddedAtTheEndMeanwhileArrive() throws Exception {
        ListSource source = people(20);
        source.beforeRead(split -> {
            if (source.rows().size() < 40) {
                source.rows().add(row(source.rows().size(), "late"));
            }
        });
        copies.copy(source, 1);
        List<List<Object>> rows = copies.rows();
        assertThat(rows).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(source.rows().subList(0, rows.size())).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void theOpenSplitIsReadByTheRunThatCommits() throws Exception {
        ListSource source = people(20);
        Copies mute = new Copies(new FailingCommits(copies.store()), host);
        assertThatThrownBy(() -> mute.copy(source, 1)).isInstanceOf(FreshetException.class);
        source.rows().add(row(20, "late"));
        copies.copy(source, 2);
        copies.checkEqual(source);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aKeyNeverArrivesTwiceAndARowThatKeepsItsKeyIsNeverMissed(long seed) throws Exception {
        Random random = new Random(seed);
        ListSource source = people(200);
        Set<List<Object>> untouched = new HashSet<>(source.rows());
        Set<List<Object>> ever = new HashSet<>(source.rows());
        source.beforeRead(split -> {
            for (int i = 0; i < 5; i++) {
                List<Object> gone =
                        source.rows().remove(random.nextInt(source.rows().size()));
                untouched.remove(gone);
                List<Object> moved = row(freeKey(random, source), (String) gone.getLast());
                source.rows().add(moved);
                ever.add(moved);
            }
        });
        copies.copy(source, 1);
        List<List<Object>> rows = copies.rows();
        assertThat(rows.stream().map(List::getFirst)).doesNotHaveDuplicates();
        assertThat(rows).containsAll(untouched);
        assertThat(ever).containsAll(rows);
    }

    private static long freeKey(Random random, ListSource source) {
        long key = random.nextLong(-1000, 1000);
        while (taken(key, source)) {
            key++;
        }
        return key;
    }

    private static boolean taken(long key, ListSource source) {
        return source.rows().stream().anyMatch(row -> row.getFirst().equals(key));
    }

    @Test
    void aCancelledRunKeepsWhatIsCheckpointedAndDeletesTheRest() {
        ListSource source = people(20);
        TestRun run = copies.run(1);
        source.beforeRead(split -> {
            if (source.read().size() == 3) {
                run.cancel();
            }
        });
        assertThatThrownBy(() -> copies.copy(source, relaxed(), run))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(copies.files()).hasSize(3);
        assertThat(copies.checkpoints().list().getLast().steps()).isEqualTo(3);
    }

    @Test
    void damagedCheckpointsCostTheWorkAndNothingElse() throws Exception {
        ListSource source = people(20);
        dieAt(source, 4);
        copies.files().forEach(name -> copies.store().delete("datasets/people/" + name));
        source.read().clear();
        assertThat(copies.copy(source.beforeRead(split -> {}), 2).reason())
                .contains("resumed=0; begun anew: no checkpoint of ingest:people is whole");
        copies.checkEqual(source);
    }

    @Test
    void aLostCatalogIsRefusedAndOnceItIsRepairedTheCopyGoesOn() throws Exception {
        ListSource source = people(20);
        dieAt(source, 4);
        copies.store().list(CATALOG, "").stream().map(StoredObject::key).forEach(copies.store()::delete);
        source.beforeRead(split -> {});
        assertThatThrownBy(() -> copies.copy(source, 2))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContaining("repair");
        Checkpointer.repair(copies.store(), host, new Tenure("ingest:people", new Fence(0, 3), () -> {}));
        assertThat(copies.copy(source, 4).reason()).endsWith("resumed=3");
        copies.checkEqual(source);
    }

    @Test
    void aStrictRunMindsNoLostCatalog() throws Exception {
        ListSource source = people(20);
        dieAt(source, 4);
        copies.store().list(CATALOG, "").stream().map(StoredObject::key).forEach(copies.store()::delete);
        copies.copy(source.beforeRead(split -> {}), Copies.strict(), copies.run(2));
        copies.checkEqual(source);
    }

    @Test
    void whoLostTheTaskKeepsNothingAndItsSuccessorsCopyIsUndisturbed() throws Exception {
        ListSource former = people(20);
        List<TaskResult> results = new ArrayList<>();
        former.beforeRead(split -> {
            if (former.read().size() == 3 && results.isEmpty()) {
                results.add(copied(people(20), 2));
            }
        });
        assertThatThrownBy(() -> copies.copy(former, 1))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
        assertThat(results)
                .singleElement()
                .satisfies(result -> assertThat(result.reason()).endsWith("resumed=3"));
        copies.checkEqual(former);
    }

    private TaskResult copied(ListSource source, long fence) {
        try {
            return copies.copy(source, fence);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /// A store that refuses every version of a table.
    private static final class FailingCommits extends InterceptedStore {
        FailingCommits(Store store) {
            super(store);
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (operation == Operation.PUT && key.contains("_delta_log")) {
                throw StoreException.unknown("no answer from the store", null);
            }
            return action.get();
        }
    }

    private void checkBeginsAnew(ObjectNode kind, Consumer<ListSource> change, String why) throws Exception {
        Copies fresh = new Copies(new MemoryStore(host), host);
        ListSource source = people(20);
        dieAt(fresh, source, 4, 1);
        change.accept(source);
        source.read().clear();
        TaskResult result = fresh.copy(source.beforeRead(split -> {}), kind, fresh.run(2));
        assertThat(result.reason())
                .isEqualTo("splits=%d resumed=0; begun anew: %s", source.read().size(), why);
        fresh.checkEqual(source);
    }

    private void dieAt(ListSource source, int read) {
        dieAt(copies, source, read, 1);
    }

    private void dieAt(ListSource source, int read, long fence) {
        dieAt(copies, source, read, fence);
    }

    /// The server goes away when so many splits are about to be read.
    private static void dieAt(Copies copies, ListSource source, int read, long fence) {
        int[] reads = {0};
        source.beforeRead(split -> {
            if (++reads[0] == read) {
                throw new FreshetException(ErrorCode.SOURCE_FAILED, "the server went away");
            }
        });
        assertThatThrownBy(() -> copies.copy(source, fence)).hasMessage("the server went away");
    }
}
