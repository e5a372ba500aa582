package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.InterceptedStore;
import dev.freshet.store.InterceptedStore.Operation;
import dev.freshet.store.MemoryStore;
import dev.freshet.store.Store;
import dev.freshet.store.StoreException;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of the lake are lost or damaged, one at a time.
class DamageTest {
    private final SettableHost host = new SettableHost();
    private final Owner owner = new Owner(new MemoryStore(host), host);

    private Checkpointer checkpointer;
    private Checkpoint older;
    private Checkpoint newer;
    private String shared;

    @BeforeEach
    void commitTwo() {
        checkpointer = owner.open(1);
        older = Owner.commit(checkpointer, "older");
        CheckpointDraft draft = checkpointer.begin();
        draft.put("state", "newer".getBytes(UTF_8));
        shared = draft.share("rows".getBytes(UTF_8));
        owner.store().putIfAbsent("datasets/orders/a.parquet", "data".getBytes(UTF_8));
        draft.borrow("datasets/orders/a.parquet", 4);
        newer = Owner.commit(checkpointer, draft);
    }

    @Test
    void aLostCatalogIsRefusedAndNothingIsDeleted() {
        owner.loseCatalog();
        List<String> before = owner.keys();
        refuses(() -> owner.open(2), "catalog is lost", "freshet checkpoint repair rollup:hours");
        refuses(() -> owner.reader().list(), "catalog is lost");
        refuses(() -> Checkpoints.borrowed(owner.store(), host), "catalog is lost");
        assertThat(owner.keys()).isEqualTo(before);
    }

    @Test
    void repairMakesALostCatalogAgainFromTheMarkers() {
        owner.loseCatalog();
        Repaired repaired = owner.repair(2);
        assertThat(repaired).isEqualTo(new Repaired(true, List.of(older, newer), List.of()));
        Checkpointer next = owner.open(3);
        assertThat(next.list()).containsExactly(older, newer);
        assertThat(Owner.restored(next)).isEqualTo("newer");
        assertThat(owner.reader().verify()).allMatch(one -> one.faults().isEmpty());
        Owner.commit(next, "and on");
        assertThat(next.list()).hasSize(3);
    }

    @Test
    void aDamagedCatalogIsRefusedUntilItIsRepaired() {
        owner.damage(owner.newestDocument());
        refuses(() -> owner.open(2), "catalog/2.json is damaged");
        refuses(() -> owner.reader().list(), "catalog/2.json is damaged");
        assertThat(owner.repair(2).listed()).containsExactly(older, newer);
        assertThat(owner.open(3).list()).containsExactly(older, newer);
    }

    @Test
    void aCatalogWhoseEndIsLostIsRefusedUntilItIsRepaired() {
        owner.delete(owner.newestDocument());
        owner.delete(owner.newestDocument());
        refuses(() -> owner.open(2), "ends with document 0, though");
        assertThat(owner.repair(2).listed()).containsExactly(older, newer);
        assertThat(owner.open(3).list()).containsExactly(older, newer);
    }

    @Test
    void aWholeCatalogIsNotRepaired() {
        List<String> before = owner.keys();
        assertThat(owner.repair(2)).isEqualTo(new Repaired(false, List.of(older, newer), List.of()));
        assertThat(owner.keys()).isEqualTo(before);
        Owner.commit(checkpointer, "the holder goes on");
    }

    @Test
    void repairLeavesOutWhatIsNotWholeAndSaysWhy() {
        owner.loseCatalog();
        owner.damage(newer.id() + "/state");
        Repaired repaired = owner.repair(2);
        assertThat(repaired.listed()).containsExactly(older);
        assertThat(repaired.leftOut()).singleElement().asString().contains(newer.id() + "/state is damaged");
        assertThat(owner.keys()).contains(Owner.FOLDER + "/" + newer.id() + "/state");
        assertThat(Owner.restored(owner.open(3))).isEqualTo("older");
    }

    @Test
    void repairUnderAnOldFenceIsRefused() {
        Owner.commit(owner.open(5), "by a newer holder");
        owner.loseCatalog();
        assertThatThrownBy(() -> owner.repair(4))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
    }

    @Test
    void whoKnewALostCatalogCannotGoOnWritingTheRepairedOne() {
        owner.loseCatalog();
        owner.repair(2);
        Checkpointer next = owner.open(3);
        assertThatThrownBy(() -> Owner.commit(checkpointer, "late"))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FENCED));
        assertThat(owner.reader().list()).isEqualTo(next.list()).containsExactly(older, newer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHECKPOINT", "dependencies.json", "state"})
    void aCheckpointWithALostFileIsRefusedAndTheOneBeforeIsTaken(String file) {
        owner.delete(newer.id() + "/" + file);
        checkFallsBack();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHECKPOINT", "dependencies.json", "state"})
    void aCheckpointWithADamagedFileIsRefusedAndTheOneBeforeIsTaken(String file) {
        owner.damage(newer.id() + "/" + file);
        checkFallsBack();
    }

    @Test
    void soItIsWithASharedFile() {
        owner.damage(shared);
        checkFallsBack();
        owner.delete(shared);
        checkFallsBack();
    }

    @Test
    void soItIsWithABorrowedFile() {
        owner.store().delete("datasets/orders/a.parquet");
        checkFallsBack();
        owner.store().putIfAbsent("datasets/orders/a.parquet", "other".getBytes(UTF_8));
        checkFallsBack();
    }

    private void checkFallsBack() {
        Restored restored = checkpointer.restore().orElseThrow();
        assertThat(restored.checkpoint()).isEqualTo(older);
        assertThat(restored.passedOver()).singleElement().asString().contains(newer.id() + " of rollup:hours");
        refuses(() -> checkpointer.restore(newer.id()), "cannot be used");
        List<Verified> verified = owner.reader().verify();
        assertThat(verified.getFirst().faults()).isEmpty();
        assertThat(verified.getLast().faults()).isNotEmpty();
    }

    @Test
    void whenNoneIsWholeThatIsAnErrorAndNoFreshStart() {
        owner.delete(older.id() + "/state");
        owner.delete(newer.id() + "/state");
        refuses(checkpointer::restore, "no checkpoint of rollup:hours is whole");
        assertThat(checkpointer.list()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUnreadableListOfFilesStopsCollectionAndNeverWidensIt(boolean lost) {
        CheckpointDraft left = checkpointer.begin();
        left.put("state", new byte[10]);
        Owner.commit(checkpointer, "third");
        if (lost) {
            owner.delete(newer.id() + "/dependencies.json");
        } else {
            owner.damage(newer.id() + "/dependencies.json");
        }
        List<String> before = owner.keys();

        Collected collected = checkpointer.gc(Set.of());
        assertThat(collected.removed()).isEmpty();
        assertThat(collected.warnings()).singleElement().asString().contains("nothing is collected");
        Checkpointer next = owner.open(2);
        assertThat(next.atStart().warnings()).singleElement().asString().contains("nothing is collected");
        assertThat(next.list()).hasSize(3);
        assertThat(owner.keys()).isEqualTo(before).contains(Owner.FOLDER + "/" + shared);
        assertThatThrownBy(() -> Checkpoints.borrowed(owner.store(), host)).isInstanceOf(FreshetException.class);
    }

    @Test
    void aCheckpointThatIsRemovedMayHaveLostItsList() {
        owner.delete(older.id() + "/dependencies.json");
        Owner.commit(checkpointer, "third");
        assertThat(checkpointer.gc(Set.of()).removed()).containsExactly(older);
        assertThat(owner.keys()).noneMatch(key -> key.contains(older.id().toString()));
    }

    @Test
    void aFailedCommitIsNotListedAndTheNextOneIs() {
        for (String failing : List.of("/state", "/dependencies.json", "/CHECKPOINT", "catalog/")) {
            Owner weak = owner.copy();
            Refusing store = new Refusing(weak.store(), Operation.PUT);
            Checkpointer writer = weak.with(store).open(2);
            store.failing = failing;
            assertThatThrownBy(() -> Owner.commit(writer, "lost")).hasMessageContaining("disk full");
            assertThat(writer.list()).containsExactly(older, newer);
            assertThat(weak.reader().list()).containsExactly(older, newer);
            store.failing = "none";
            Checkpoint next = Owner.commit(writer, "third");
            assertThat(writer.list()).containsExactly(older, newer, next);
            assertThat(Owner.restored(weak.open(3))).isEqualTo("third");
        }
    }

    @Test
    void aDeletionThatFailsIsAWarningAndRepeatedAtTheNextStart() {
        Refusing store = new Refusing(owner.store(), Operation.DELETE);
        Checkpointer writer = owner.with(store).open(2);
        Owner.commit(writer, "third");
        store.failing = older.id().toString();
        Collected collected = writer.gc(Set.of());
        assertThat(collected.removed()).containsExactly(older);
        assertThat(collected.warnings()).hasSize(3).allMatch(warning -> warning.contains("until the next start"));
        assertThat(owner.open(3).atStart().files()).isEqualTo(3);
        assertThat(owner.keys()).noneMatch(key -> key.contains(older.id().toString()));
    }

    @Test
    void aStoreThatDoesNotAnswerIsNotTakenForDamage() {
        Refusing store = new Refusing(owner.store(), Operation.READ);
        Checkpointer holder = owner.with(store).open(2);
        store.failing = newer.id() + "/state";
        for (Runnable use : List.<Runnable>of(
                holder::restore, () -> owner.with(store).reader().verify())) {
            assertThatThrownBy(use::run)
                    .isInstanceOfSatisfying(
                            FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE_UNREACHABLE));
        }
    }

    private static void refuses(ThrowingCallable use, String... saying) {
        assertThatThrownBy(use)
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT))
                .hasMessageContainingAll(saying);
    }

    /// Refuses to do one thing with what bears a certain text in its name.
    private static final class Refusing extends InterceptedStore {
        private final Operation refused;
        private String failing = "none";

        Refusing(Store store, Operation refused) {
            super(store);
            this.refused = refused;
        }

        @Override
        protected <T> T intercept(Operation operation, String key, Supplier<T> action) {
            if (operation == refused && key.contains(failing)) {
                throw StoreException.refused(operation + " " + key + ": disk full", null);
            }
            return action.get();
        }
    }
}
