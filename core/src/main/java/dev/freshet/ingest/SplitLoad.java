package dev.freshet.ingest;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import dev.freshet.table.DataFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A relaxed load: split after split, each in a snapshot of its own and checkpointed when its files are complete.
/// The splits follow each other in the order of the key without a gap, the last one being open, so no key can be
/// in two of them. Confined to one thread.
final class SplitLoad {
    /// A commit refuses files that are not much older.
    static final Duration KEPT_FOR = Duration.ofDays(3);

    private static final Logger LOG = LoggerFactory.getLogger(SplitLoad.class);
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final RunContext context;
    private final SourceLink link;
    private final Ingest ingest;
    private final Copying copying;
    private final KeptSplits kept;
    private final Resources resources;
    private final List<DoneSplit> splits = new ArrayList<>();
    private int again;

    SplitLoad(
            RunContext context, SourceLink link, Ingest ingest, Copying copying, KeptSplits kept, Resources resources) {
        this.context = context;
        this.link = link;
        this.ingest = ingest;
        this.copying = copying;
        this.kept = kept;
        this.resources = resources;
    }

    /// @param described the table, from which only its shape is taken
    Load run(SourceTable described, long splitBytes) throws Exception {
        Origin origin = Origin.of(context, ingest, described);
        SplitSize size = new SplitSize(splitBytes);
        List<String> notes = new ArrayList<>();
        List<DoneSplit> former = kept.restore(origin, notes);
        splits.addAll(former);
        copying.resume(former);
        while (splits.isEmpty() || end() != null) {
            splits.add(insisting(() -> {
                SourceTable table = table(origin);
                return copy(table, table.cut(end(), size.rows(splits)));
            }));
            if (end() != null) {
                keep(origin);
            }
        }
        while (splits.stream().anyMatch(this::isOld)) {
            replaceOld(origin);
        }
        int resumed = (int) splits.stream().filter(former::contains).count();
        notes.addFirst("splits=%d resumed=%d".formatted(splits.size(), resumed) + (again > 0 ? " again=" + again : ""));
        return new Load(splits.stream().map(DoneSplit::copied).toList(), Consistency.RELAXED, resumed, notes);
    }

    /// A replica that took a split's snapshot away is asked again, later and later: the next snapshot is another one.
    private DoneSplit insisting(Callable<DoneSplit> split) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return split.call();
            } catch (FreshetException e) {
                if (e.code() != ErrorCode.SOURCE_CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.info("{}: a split is read again: {}", context.task(), e.getMessage());
                again++;
                context.host().sleep(PAUSE.multipliedBy(attempt));
                link.renew();
            }
        }
    }

    private DoneSplit copy(SourceTable table, Split split) throws Exception {
        return new DoneSplit(split, copying.copy(table, link.session(), sink -> table.read(split, sink), resources));
    }

    private @Nullable String end() {
        return splits.isEmpty() ? null : splits.getLast().split().to();
    }

    /// The table in a new snapshot.
    private SourceTable table(Origin origin) {
        SourceTable table = link.session().describe(ingest.request());
        origin.changed(Origin.of(context, ingest, table)).ifPresent(why -> {
            throw new FreshetException(
                    ErrorCode.CONFLICT,
                    "%s cannot be copied any further: %s; the next run begins anew".formatted(table.name(), why));
        });
        return table;
    }

    /// All but the open split, which is always read by the run that commits: it is where rows are added.
    private void keep(Origin origin) {
        List<DoneSplit> closed =
                splits.stream().filter(done -> done.split().to() != null).toList();
        copying.checkpointed();
        kept.keep(origin, copying.folder(), closed);
    }

    /// A split that was copied too long ago is copied again.
    private void replaceOld(Origin origin) throws Exception {
        for (int i = 0; i < splits.size(); i++) {
            if (isOld(splits.get(i))) {
                Split split = splits.get(i).split();
                splits.set(i, insisting(() -> copy(table(origin), split)));
                keep(origin);
            }
        }
    }

    private boolean isOld(DoneSplit split) {
        Instant oldest = context.host().now().minus(KEPT_FOR);
        return split.files().stream().map(DataFile::modified).anyMatch(oldest::isAfter);
    }
}
