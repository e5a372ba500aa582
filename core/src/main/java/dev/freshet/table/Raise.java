package dev.freshet.table;

import dev.freshet.batch.Schema;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Guard;
import dev.freshet.host.Host;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One raising of a role's fence on a table. Used once, by one thread.
final class Raise {
    static final String OPERATION = "RAISE FENCE";

    private static final Schema NO_COLUMNS = Schema.of();

    private final Host host;
    private final DeltaTable table;
    private final String role;
    private final Fence fence;
    private final String task;
    private final boolean create;
    private @Nullable RaiseOutcome needless;

    Raise(Host host, DeltaTable table, String role, Fence fence, String task, boolean create) {
        this.host = host;
        this.table = table;
        this.role = role;
        this.fence = fence;
        this.task = task;
        this.create = create;
    }

    RaiseOutcome run() {
        CommitOutcome outcome = table.commit(this::decide);
        return switch (outcome) {
            case CommitOutcome.Committed committed -> raised(version(committed.version()));
            case CommitOutcome.Fenced fenced -> new RaiseOutcome.Fenced(fenced.theirs());
            case CommitOutcome.Unknown unknown -> resolved(unknown);
            case CommitOutcome.Conflict conflict ->
                needless == null ? new RaiseOutcome.Conflict(conflict.reason()) : needless;
            case CommitOutcome.Adopted _ -> throw new AssertionError("raising a fence settles nothing");
        };
    }

    private Decision decide(Optional<Snapshot> newest) {
        if (newest.isEmpty() && (!create || !host.keeps(Guard.RAISE))) {
            return needless(new RaiseOutcome.NoTable());
        }
        if (newest.isEmpty()) {
            return new Decision.Write(change(Optional.empty()).schema(NO_COLUMNS));
        }
        if (!host.keeps(Guard.RAISE)) {
            return needless(raised(newest.get()));
        }
        Optional<Fence> theirs = Mark.in(newest.get(), role).map(Mark::fence);
        if (theirs.isPresent() && fence.isBelow(theirs.get())) {
            return new Decision.Stop(new CommitOutcome.Fenced(theirs.get()));
        }
        if (theirs.isPresent() && theirs.get().equals(fence)) {
            return needless(raised(newest.get()));
        }
        return new Decision.Write(change(newest.get().domain(Mark.domain(role))));
    }

    private Decision needless(RaiseOutcome outcome) {
        needless = outcome;
        return new Decision.Stop(new CommitOutcome.Conflict("there is nothing to raise"));
    }

    private Change change(Optional<String> domain) {
        String raised = domain.map(json -> DomainText.withFence(json, fence))
                .orElseGet(() -> DomainText.onlyFence(task, fence));
        return Change.of(OPERATION).withoutDataChange().domain(Mark.domain(role), raised);
    }

    private Snapshot version(long version) {
        return table.latest().filter(newest -> newest.version() == version).orElseGet(() -> table.at(version));
    }

    private RaiseOutcome raised(Snapshot snapshot) {
        return new RaiseOutcome.Raised(snapshot, FencedWrite.left(table, snapshot, role));
    }

    /// The fence may be there although the put did not say so.
    private RaiseOutcome resolved(CommitOutcome.Unknown unknown) {
        try {
            return table.latest()
                    .filter(newest -> Mark.in(newest, role).stream()
                            .anyMatch(mark -> mark.fence().equals(fence)))
                    .map(this::raised)
                    .orElseGet(() -> new RaiseOutcome.Unknown(unknown.reason()));
        } catch (FreshetException _) {
            return new RaiseOutcome.Unknown(unknown.reason());
        }
    }
}
