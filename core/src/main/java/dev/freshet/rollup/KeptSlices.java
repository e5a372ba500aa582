package dev.freshet.rollup;

import dev.freshet.checkpoint.CheckpointDraft;
import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.checkpoint.Checkpoints;
import dev.freshet.checkpoint.Restored;
import dev.freshet.checkpoint.SavedValue;
import dev.freshet.checkpoint.StateFormat;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A backfill as the task's checkpoints keep it: the months that it is cut into, which its successor need not look for
/// in the facts again, and how far it is, for people. Which slices are done is what the rollup's own commits say; a
/// checkpoint that is behind, damaged or another backfill's costs a look at the facts. Confined to one thread.
final class KeptSlices {
    private static final Logger LOG = LoggerFactory.getLogger(KeptSlices.class);
    private static final StateFormat<List<Long>> MONTHS = StateFormat.list(StateFormat.LONG);
    private static final String STATE = "months";

    private final RunContext context;
    private List<Long> months = List.of();
    private long rows;

    KeptSlices(RunContext context) {
        this.context = context;
    }

    /// The hours that begin the months with facts, from the first slice that is left on or from an earlier one.
    ///
    /// @param look finds them in the facts
    /// @throws FreshetException (CORRUPT) if the catalog of the checkpoints is lost or damaged
    List<Long> months(RollupState state, Pass pass, Supplier<List<Long>> look) {
        rows = 0;
        months = pass.slices() == 0
                ? look.get()
                : restored(fingerprint(state, pass)).orElseGet(look);
        return months;
    }

    private Optional<List<Long>> restored(long fingerprint) {
        if (!exist()) {
            return Optional.empty();
        }
        try {
            context.checkpointer().verifyFingerprint(fingerprint);
            Optional<Restored> found = context.checkpointer().restore();
            return found.map(this::read);
        } catch (FreshetException e) {
            if (e.code() != ErrorCode.CORRUPT && e.code() != ErrorCode.INCOMPATIBLE_STORAGE) {
                throw e;
            }
            LOG.warn("{}: the months of the backfill are looked for again: {}", context.task(), e.getMessage());
            context.checkpointer().clear();
            return Optional.empty();
        }
    }

    private List<Long> read(Restored restored) {
        SavedValue<List<Long>> saved = new SavedValue<>(MONTHS, List.of());
        restored.into(STATE, saved);
        Long processed = restored.checkpoint().processedRecords();
        rows = processed == null ? 0 : processed;
        return saved.value();
    }

    /// Keeps how far a backfill is of which a slice was committed. The slice stands even if that fails.
    ///
    /// @param pass as it is behind the slice
    void keep(RollupState state, Pass pass, long touched) {
        rows += touched;
        try {
            Checkpointer checkpointer = context.checkpointer();
            CheckpointDraft draft = checkpointer.begin();
            draft.put(STATE, new SavedValue<>(MONTHS, months));
            var _ = checkpointer.commit(draft, fingerprint(state, pass), identifier(pass), (long) pass.slices(), rows);
            var _ = checkpointer.gc(Set.of());
        } catch (FreshetException e) {
            LOG.warn("{}: the backfill leaves no checkpoint here: {}", context.task(), e.getMessage());
        }
    }

    private String identifier(Pass pass) {
        String done = pass.through() == Buckets.END ? "all" : "before " + Slices.month(Buckets.start(pass.through()));
        return "%s of version %d".formatted(done, pass.version());
    }

    /// A new backfill has nothing to do with an earlier one.
    void forget() {
        if (exist()) {
            context.checkpointer().clear();
        }
    }

    private boolean exist() {
        return !new Checkpoints(context.store(), context.host(), context.task())
                .list()
                .isEmpty();
    }

    /// Of this pass and no other: the same work on the same facts, begun at the same time.
    private static long fingerprint(RollupState state, Pass pass) {
        String text = String.join(
                "\n",
                state.definition(),
                state.factsTableId(),
                Long.toString(pass.version()),
                pass.asOf().toString(),
                Long.toString(pass.from()));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
