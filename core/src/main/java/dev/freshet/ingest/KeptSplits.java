package dev.freshet.ingest;

import dev.freshet.checkpoint.CheckpointDraft;
import dev.freshet.checkpoint.Checkpointer;
import dev.freshet.checkpoint.Checkpoints;
import dev.freshet.checkpoint.Restored;
import dev.freshet.checkpoint.SavedValue;
import dev.freshet.checkpoint.StateFormat;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.event.EventType;
import dev.freshet.schedule.RunContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The splits that are done, as the task's checkpoints keep them: whoever takes the task over goes on behind them.
/// A copy that needs no second split makes no checkpoint. Confined to one thread.
final class KeptSplits {
    private static final Logger LOG = LoggerFactory.getLogger(KeptSplits.class);
    private static final String ORIGIN = "origin";
    private static final String SPLITS = "splits";

    private final RunContext context;
    private @Nullable Checkpointer checkpointer;

    KeptSplits(RunContext context) {
        this.context = context;
    }

    /// What an earlier run left, if this one can go on from it. If not, that is removed and the notes say why.
    ///
    /// @throws FreshetException (CORRUPT) if the catalog of the checkpoints is lost or damaged
    List<DoneSplit> restore(Origin origin, List<String> notes) {
        if (!exist()) {
            return List.of();
        }
        List<DoneSplit> splits = new ArrayList<>();
        Optional<String> obstacle = take(origin, splits);
        obstacle.ifPresent(why -> {
            LOG.warn("{}: the copy begins anew: {}", context.task(), why);
            notes.add("begun anew: " + why);
            checkpointer().clear();
        });
        if (obstacle.isPresent()) {
            return List.of();
        }
        if (!splits.isEmpty()) {
            context.happened(EventType.RUN_RESUMED, figures(splits));
        }
        return splits;
    }

    private static Map<String, Object> figures(List<DoneSplit> splits) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("splits", splits.size());
        figures.put("rows", splits.stream().mapToLong(DoneSplit::rows).sum());
        return figures;
    }

    /// Adds what is kept to the splits, or says why it is of no use.
    private Optional<String> take(Origin origin, List<DoneSplit> splits) {
        try {
            Optional<Restored> restored = checkpointer().restore();
            if (restored.isEmpty()) {
                return Optional.empty();
            }
            SavedValue<List<String>> its = new SavedValue<>(Origin.FORMAT, List.of());
            SavedValue<List<DoneSplit>> done = done(List.of());
            restored.get().into(ORIGIN, its);
            restored.get().into(SPLITS, done);
            splits.addAll(done.value());
            return Origin.of(its.value()).changed(origin);
        } catch (FreshetException e) {
            return Optional.of(unusable(e));
        }
    }

    /// Only work is lost with a checkpoint, so what cannot be read is done again.
    private static String unusable(FreshetException e) {
        if (e.code() != ErrorCode.CORRUPT && e.code() != ErrorCode.INCOMPATIBLE_STORAGE) {
            throw e;
        }
        return String.valueOf(e.getMessage());
    }

    /// Keeps all splits that are done so far, in the order of the key.
    void keep(Origin origin, String folder, List<DoneSplit> splits) {
        CheckpointDraft draft = checkpointer().begin();
        draft.put(ORIGIN, new SavedValue<>(Origin.FORMAT, origin.texts()));
        draft.put(SPLITS, done(splits));
        splits.forEach(split -> split.files().forEach(file -> draft.borrow(folder + "/" + file.path(), file.bytes())));
        long rows = splits.stream().mapToLong(DoneSplit::rows).sum();
        checkpointer().commit(draft, origin.fingerprint(), null, (long) splits.size(), rows);
        checkpointer().gc(Set.of());
    }

    private static SavedValue<List<DoneSplit>> done(List<DoneSplit> splits) {
        return new SavedValue<>(StateFormat.list(DoneSplit.FORMAT), List.copyOf(splits));
    }

    /// The files are in the dataset now.
    void done() {
        if (checkpointer != null) {
            remove(checkpointer);
        }
    }

    /// Nobody will go on from what is kept, if anything is.
    void forget() {
        try {
            if (exist()) {
                remove(checkpointer());
            }
        } catch (FreshetException e) {
            LOG.warn("{}: its checkpoints stay: {}", context.task(), e.getMessage());
        }
    }

    /// What stays is told by its origin.
    private void remove(Checkpointer opened) {
        try {
            opened.clear();
        } catch (FreshetException e) {
            LOG.warn("{}: its checkpoints stay until the next run: {}", context.task(), e.getMessage());
        }
    }

    private boolean exist() {
        return !new Checkpoints(context.store(), context.host(), context.task())
                .list()
                .isEmpty();
    }

    private Checkpointer checkpointer() {
        Checkpointer opened = checkpointer;
        if (opened == null) {
            opened = context.checkpointer();
            checkpointer = opened;
        }
        return opened;
    }
}
