package dev.freshet.control;

import dev.freshet.host.Host;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.Decider;
import dev.freshet.table.Decision;
import dev.freshet.table.Fence;
import dev.freshet.table.Snapshot;
import dev.freshet.table.TableShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One [TickPlan] on its way into the table: decided on the newest rows, and on newer ones after every conflict.
/// Confined to one thread.
final class TickCommit implements Decider {
    static final String EPOCH = "freshet.epoch";

    /// What a pod's decisions are made with.
    record Tools(Host host, Pod pod, Observer observer, RowsFiles files, Layout layout, int checkpointEvery) {
        Tools of(Pod other) {
            return new Tools(host, other, new Observer(host), files, layout, checkpointEvery);
        }
    }

    private final Tools tools;
    private final TickPlan plan;
    /// Not later than the start of the next read, so that the observer errs on the side of the holder.
    private long readStarted;
    private long takenEpoch = -1;
    private int tries;
    private @Nullable Tick tick;
    private RowsFiles.@Nullable Written written;

    TickCommit(Tools tools, TickPlan plan) {
        this.tools = tools;
        this.plan = plan;
        this.readStarted = tools.host.nanos();
    }

    @Override
    public Decision decide(Optional<Snapshot> newest) {
        tries++;
        Rows rows = newest.map(tools.files::read).orElse(Rows.none());
        tools.observer.saw(rows, readStarted, tools.host.nanos());
        long epoch = newest.flatMap(TickCommit::epoch).orElseGet(this::takeEpoch);
        Tick decided = Tick.decide(plan, rows, moment(new Fence(epoch, nextVersion(newest))));
        tick = decided;
        readStarted = tools.host.nanos();
        return decided.changed()
                ? write(decided, newest, epoch)
                : new Decision.Stop(new CommitOutcome.Conflict("nothing changes"));
    }

    int tries() {
        return tries;
    }

    /// The last decision.
    Tick tick() {
        if (tick == null) {
            throw new IllegalStateException("nothing was decided yet");
        }
        return tick;
    }

    void committed() {
        if (written != null) {
            tools.files.committed(written);
        }
    }

    private Decision write(Tick decided, Optional<Snapshot> newest, long epoch) {
        RowsFiles.Written files = tools.files.write(decided.rows(), newest);
        written = files;
        tools.host.reach("before-control-put");
        Change change = files.change();
        boolean fits = newest.filter(snapshot -> isShaped(snapshot)).isPresent();
        return new Decision.Write(fits ? change : change.shape(shape(epoch, tools.checkpointEvery)));
    }

    private Moment moment(Fence fence) {
        Host host = tools.host;
        return new Moment(
                tools.pod, fence, host.now(), host.nanos(), host::newId, tools.observer::expired, host::keeps);
    }

    /// Taken once, however often version 0 has to be decided.
    private long takeEpoch() {
        if (takenEpoch < 0) {
            takenEpoch = tools.layout.takeEpoch();
        }
        return takenEpoch;
    }

    private static long nextVersion(Optional<Snapshot> newest) {
        return newest.map(snapshot -> snapshot.version() + 1).orElse(0L);
    }

    private static Optional<Long> epoch(Snapshot snapshot) {
        return Optional.ofNullable(snapshot.properties().get(EPOCH)).map(Long::valueOf);
    }

    private static boolean isShaped(Snapshot snapshot) {
        return epoch(snapshot).isPresent() && snapshot.schema().holdsSameAs(RowSchema.SCHEMA);
    }

    private static TableShape shape(long epoch, int checkpointEvery) {
        Map<String, String> properties = Map.of(
                EPOCH,
                String.valueOf(epoch),
                "delta.enableExpiredLogCleanup",
                "false",
                "delta.checkpointInterval",
                String.valueOf(checkpointEvery));
        return new TableShape(RowSchema.SCHEMA, List.of(), properties);
    }
}
