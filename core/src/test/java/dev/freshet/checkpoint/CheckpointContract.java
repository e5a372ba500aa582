package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.SettableHost;
import dev.freshet.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What checkpoints are, in every store.
abstract class CheckpointContract {
    private static final UUID NIL = new UUID(0, 0);

    protected final SettableHost host = new SettableHost();
    protected Owner owner;

    protected abstract Store newStore();

    @BeforeEach
    void open() {
        owner = new Owner(newStore(), host);
    }

    @Test
    void anOwnerThatNeverHadACheckpointHasNone() {
        assertThat(owner.reader().list()).isEmpty();
        assertThat(owner.reader().storageInUse()).isZero();
        Checkpointer checkpointer = owner.open(1);
        assertThat(checkpointer.list()).isEmpty();
        assertThat(checkpointer.restore()).isEmpty();
        assertThat(checkpointer.atStart()).isEqualTo(Collected.NOTHING);
    }

    @Test
    void whatWasCommittedIsRestoredByTheNextHolder() {
        Checkpointer first = owner.open(1);
        CheckpointDraft draft = first.begin();
        draft.put("cursor", "2026-01".getBytes(UTF_8));
        draft.put("done", new SavedValue<>(StateFormat.list(StateFormat.INT), List.of(1, 2, 3)));
        String shared = draft.share("rows".getBytes(UTF_8));
        owner.store().putIfAbsent("datasets/orders/a.parquet", "data".getBytes(UTF_8));
        draft.borrow("datasets/orders/a.parquet", 4);
        Checkpoint committed = first.commit(draft, Owner.FINGERPRINT, "slice 3", 3L, 300L);

        Checkpointer second = owner.open(2);
        Restored restored = second.restore().orElseThrow();
        SavedValue<List<Integer>> done = new SavedValue<>(StateFormat.list(StateFormat.INT), List.of());
        restored.into("done", done);

        assertThat(second.list()).containsExactly(committed);
        assertThat(restored.checkpoint())
                .isEqualTo(
                        new Checkpoint(draft.id(), "slice 3", Owner.FINGERPRINT, new CheckpointSize(14, 4), 3L, 300L));
        assertThat(restored.states()).containsExactly("cursor", "done");
        assertThat(restored.state("cursor")).asString(UTF_8).isEqualTo("2026-01");
        assertThat(done.value()).containsExactly(1, 2, 3);
        assertThat(restored.shared()).containsExactly(shared);
        assertThat(restored.shared(shared)).asString(UTF_8).isEqualTo("rows");
        assertThat(restored.borrowed()).containsExactly("datasets/orders/a.parquet");
        assertThat(restored.passedOver()).isEmpty();
        assertThatThrownBy(() -> restored.state("cursors"))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_ID));
    }

    @Test
    void aCheckpointIsSeenOnlyOnceItIsCommitted() {
        Checkpointer checkpointer = owner.open(1);
        CheckpointDraft draft = checkpointer.begin();
        draft.put("state", "half".getBytes(UTF_8));
        assertThat(checkpointer.list()).isEmpty();
        assertThat(owner.reader().list()).isEmpty();
        Owner.commit(checkpointer, draft);
        assertThat(owner.reader().list()).hasSize(1);
    }

    @Test
    void anotherFingerprintIsRefusedAndBothAreNamed() {
        Checkpointer checkpointer = owner.open(1);
        Owner.commit(checkpointer, "x");
        checkpointer.verifyFingerprint(Owner.FINGERPRINT);
        assertThatThrownBy(() -> checkpointer.verifyFingerprint(0x12))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INCOMPATIBLE_STORAGE))
                .hasMessageContainingAll("fedcba9876543210", "0000000000000012");
    }

    @Test
    void bothSizesAreKnownAndAnAbsentCheckpointHasNone() {
        Checkpointer checkpointer = owner.open(1);
        CheckpointDraft draft = checkpointer.begin();
        draft.put("state", new byte[100]);
        draft.share(new byte[1000]);
        Checkpoint committed = Owner.commit(checkpointer, draft);
        assertThat(committed.size()).isEqualTo(new CheckpointSize(100, 1000));
        assertThat(committed.size().total()).isEqualTo(1100);
        assertThat(owner.reader().measure(committed.id())).isEqualTo(committed.size());
        assertThat(owner.reader().measure(new UUID(1, 1)).total()).isZero();
        assertThat(checkpointer.storageInUse())
                .isEqualTo(owner.reader().storageInUse())
                .isGreaterThan(1100);
    }

    @Test
    void theNilIdIsRefusedEverywhere() {
        Checkpointer checkpointer = owner.open(1);
        Owner.commit(checkpointer, "x");
        List<ThrowingCallable> everywhere = List.of(
                () -> checkpointer.restore(NIL),
                () -> checkpointer.gc(Set.of(NIL)),
                () -> owner.reader().measure(NIL),
                () -> new Checkpoint(NIL, null, 0, CheckpointSize.NONE, null, null));
        everywhere.forEach(use -> assertThatThrownBy(use)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nil"));
    }

    @Test
    void aSharedFileLivesAsLongAsAnyKeptCheckpointNeedsIt() {
        Checkpointer checkpointer = owner.open(1);
        CheckpointDraft first = checkpointer.begin();
        String both = first.share("needed by both".getBytes(UTF_8));
        String one = first.share("needed by one".getBytes(UTF_8));
        Owner.commit(checkpointer, first);
        CheckpointDraft second = checkpointer.begin();
        second.keep(both);
        Owner.commit(checkpointer, second);
        Owner.commit(checkpointer, "third");

        Collected collected = checkpointer.gc(Set.of());
        assertThat(Owner.ids(collected.removed())).containsExactly(first.id());
        assertThat(owner.keys())
                .contains(Owner.FOLDER + "/" + both)
                .doesNotContain(Owner.FOLDER + "/" + one)
                .noneMatch(key -> key.contains(first.id().toString()));

        Owner.commit(checkpointer, "fourth");
        checkpointer.gc(Set.of());
        assertThat(owner.keys()).doesNotContain(Owner.FOLDER + "/" + both);
        assertThat(owner.store().folders(Owner.FOLDER)).hasSize(3).contains("catalog");
    }

    @Test
    void whatACheckpointInTheMakingNeedsIsNotCollected() {
        Checkpointer checkpointer = owner.open(1);
        CheckpointDraft first = checkpointer.begin();
        String shared = first.share("rows".getBytes(UTF_8));
        Owner.commit(checkpointer, first);
        CheckpointDraft making = checkpointer.begin();
        making.keep(shared);
        Owner.commit(checkpointer, "second");
        Owner.commit(checkpointer, "third");
        assertThat(checkpointer.gc(Set.of()).removed()).hasSize(1);
        Owner.commit(checkpointer, making);
        assertThat(owner.reader().verify()).allMatch(one -> one.faults().isEmpty());
    }

    @Test
    void borrowedFilesAreNeverDeletedAndNamedWhileTheyAreListed() {
        owner.store().putIfAbsent("datasets/orders/a.parquet", "data".getBytes(UTF_8));
        Checkpointer checkpointer = owner.open(1);
        CheckpointDraft first = checkpointer.begin();
        first.borrow("datasets/orders/a.parquet", 4);
        assertThatThrownBy(() -> first.borrow(Owner.FOLDER + "/x.shared", 1))
                .isInstanceOf(IllegalArgumentException.class);
        Owner.commit(checkpointer, first);
        assertThat(Checkpoints.borrowed(owner.store(), host)).containsExactly("datasets/orders/a.parquet");
        Owner.commit(checkpointer, "second");
        Owner.commit(checkpointer, "third");
        checkpointer.gc(Set.of());
        assertThat(Checkpoints.borrowed(owner.store(), host)).isEmpty();
        assertThat(owner.store().read("datasets/orders/a.parquet"))
                .asString(UTF_8)
                .isEqualTo("data");
    }

    @Test
    void anOlderCheckpointThatWasRestoredIsKeptFromCollection() {
        Checkpointer checkpointer = owner.open(1);
        Checkpoint oldest = Owner.commit(checkpointer, "oldest");
        Owner.commit(checkpointer, "a");
        Owner.commit(checkpointer, "b");
        Restored restored = checkpointer.restore(oldest.id());
        Owner.commit(checkpointer, "c");
        checkpointer.gc(Set.of());
        assertThat(checkpointer.list()).hasSize(3).contains(oldest);
        assertThat(restored.state("state")).asString(UTF_8).isEqualTo("oldest");
        checkpointer.restore();
        checkpointer.gc(Set.of());
        assertThat(checkpointer.list()).hasSize(2).doesNotContain(oldest);
        assertThatThrownBy(() -> checkpointer.restore(oldest.id())).hasMessageContaining("has no checkpoint");
    }

    @Test
    void howManyAreKeptIsAChoice() {
        Checkpointer one = owner.open(1, 1);
        Owner.commit(one, "a");
        Checkpoint newest = Owner.commit(one, "b");
        one.gc(Set.of());
        assertThat(one.list()).containsExactly(newest);
        assertThat(one.gc(Set.of())).isEqualTo(Collected.NOTHING);
        assertThatThrownBy(() -> owner.open(2, 0)).hasMessageContaining("at least one");
    }

    @Test
    void allAreRemovedOnceTheirWorkIsDone() {
        Checkpointer checkpointer = owner.open(1);
        owner.store().putIfAbsent("datasets/orders/a.parquet", "data".getBytes(UTF_8));
        List<Checkpoint> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CheckpointDraft draft = checkpointer.begin();
            draft.put("state", new byte[] {1});
            draft.share("shared".getBytes(UTF_8));
            draft.borrow("datasets/orders/a.parquet", 4);
            made.add(Owner.commit(checkpointer, draft));
        }
        assertThat(checkpointer.restore()).isPresent();
        assertThat(checkpointer.clear().removed()).isEqualTo(made);
        assertThat(checkpointer.clear()).isEqualTo(Collected.NOTHING);
        assertThat(checkpointer.list()).isEmpty();
        assertThat(owner.keys()).isEmpty();
        assertThat(Checkpoints.borrowed(owner.store(), host)).isEmpty();
        assertThat(owner.store().stat("datasets/orders/a.parquet")).isPresent();
        Owner.commit(checkpointer, "more work");
        assertThat(owner.open(2).list()).hasSize(1);
    }

    @Test
    void onlyAHolderCollectsWhatDeadHoldersLeft() {
        Checkpointer first = owner.open(1);
        Checkpoint kept = Owner.commit(first, "kept");
        CheckpointDraft left = first.begin();
        left.put("state", new byte[10]);
        left.share(new byte[10]);
        List<String> before = owner.keys();

        assertThat(owner.reader().list()).containsExactly(kept);
        assertThat(owner.reader().verify()).hasSize(1);
        assertThat(owner.keys()).isEqualTo(before);

        Checkpointer second = owner.open(2);
        assertThat(second.atStart()).isEqualTo(new Collected(List.of(), 2, 20, List.of()));
        assertThat(owner.keys())
                .hasSize(3)
                .allMatch(key -> key.contains(kept.id().toString()));
    }

    @Test
    void foreignFilesSurvive() {
        List<String> foreign = List.of(
                "lost+found/inode",
                "steps",
                "steps.bin",
                "state.json",
                "state.json.tmp",
                "status",
                "status.json.mut",
                "coordinator/leader",
                "tmp/download",
                "activated.marker",
                "notes.txt",
                "0190163d-8694-4ac4-b5f5-000000000000.shared",
                "0190163d-8694-4ac4-b5f5-000000000000/state",
                "00000000-0000-0000-0000-000000000000/state",
                "data.shared");
        foreign.forEach(path -> owner.put(path, "not ours"));
        owner.open(1);
        Checkpointer checkpointer = owner.open(2);
        for (int i = 0; i < 4; i++) {
            Owner.commit(checkpointer, "state " + i);
        }
        checkpointer.gc(Set.of());
        owner.open(3);
        assertThat(owner.keys())
                .containsAll(
                        foreign.stream().map(path -> Owner.FOLDER + "/" + path).toList());
    }

    @Test
    void ownersDoNotSeeOneAnother() {
        Owner.commit(owner.open(1), "hours");
        for (String other : List.of("rollup:hour", "../rollup:hours", "rollup:hours/x", ".hidden", "ein Ü%")) {
            Tenure tenure = new Tenure(other, Owner.tenure(1).fence(), () -> {});
            Checkpointer checkpointer = Checkpointer.open(owner.store(), host, tenure, CheckpointRetention.DEFAULT);
            assertThat(checkpointer.list()).as(other).isEmpty();
            Owner.commit(checkpointer, other);
            assertThat(new Checkpoints(owner.store(), host, other).list()).hasSize(1);
        }
        assertThat(owner.reader().list()).hasSize(1);
        assertThat(owner.store().folders("_freshet/checkpoints"))
                .containsExactlyInAnyOrder(
                        "rollup:hours",
                        "rollup:hour",
                        "%2E.%2Frollup:hours",
                        "rollup:hours%2Fx",
                        "%2Ehidden",
                        "ein%20%C3%9C%25");
        assertThat(Checkpoints.borrowed(owner.store(), host)).isEmpty();
    }

    @Test
    void aDraftIsUsedOnceAndItsNamesAreItsOwn() {
        Checkpointer checkpointer = owner.open(1);
        CheckpointDraft draft = checkpointer.begin();
        draft.put("state", new byte[] {1});
        draft.put("state", new byte[] {1});
        assertThatThrownBy(() -> draft.put("state", new byte[] {2})).hasMessageContaining("written already");
        for (String name : List.of("CHECKPOINT", "dependencies.json", "a/b", "..", ".x", "")) {
            assertThatThrownBy(() -> draft.put(name, new byte[1])).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> draft.keep("0190163d-8694-7ac4-b5f5-000000000000.shared"))
                .hasMessageContaining("no listed checkpoint");
        Owner.commit(checkpointer, draft);
        assertThatThrownBy(() -> Owner.commit(checkpointer, draft)).isInstanceOf(IllegalArgumentException.class);
        assertThat(checkpointer.list()).hasSize(1);
    }

    @Test
    void idsAreUuidsOfVersion7InTheOrderOfTheirTimes() {
        Checkpointer checkpointer = owner.open(1);
        UUID first = checkpointer.begin().id();
        host.pass(Duration.ofMillis(1));
        UUID second = checkpointer.begin().id();
        assertThat(first.version()).isEqualTo(7);
        assertThat(first.variant()).isEqualTo(2);
        assertThat(first.toString()).isLessThan(second.toString());
        assertThat(first.getMostSignificantBits() >>> 16)
                .isLessThanOrEqualTo(host.now().toEpochMilli());
    }
}
