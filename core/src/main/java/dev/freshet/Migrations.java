package dev.freshet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.MigrationView.State;
import dev.freshet.control.Layout;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Runner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The migrations of the lake's own layout: numbered, applied in their order and each once, under the lease of the task
/// `migrate`. A lake of a layout that this Freshet does not know is an `UNSUPPORTED`. Safe for use by many threads.
public final class Migrations {
    private final Layout layout;
    private final List<LakeMigration> all;
    private final Function<RunListener, Runner> foreground;

    Migrations(Layout layout, List<LakeMigration> all, Function<RunListener, Runner> foreground) {
        this.layout = layout;
        this.all = List.copyOf(all);
        this.foreground = foreground;
    }

    /// All that this Freshet knows, in their order; nothing is changed.
    public List<MigrationView> list() {
        int now = layout.version();
        Map<Integer, Instant> applied = layout.migrated();
        return all.stream()
                .map(migration -> view(migration, now, Optional.ofNullable(applied.get(migration.to()))))
                .toList();
    }

    private static MigrationView view(LakeMigration migration, int now, Optional<Instant> appliedAt) {
        State state = appliedAt.isPresent() ? State.APPLIED : migration.to() <= now ? State.NOT_NEEDED : State.PENDING;
        return new MigrationView(migration.to(), migration.name(), migration.what(), state, appliedAt);
    }

    /// Applies what is pending; where one fails, those after it stay pending.
    ///
    /// @param wait whether to wait for another process that migrates; a `LEASE_HELD` if not
    public RunRecord apply(boolean wait, RunListener listener) throws InterruptedException {
        try (Runner runner = foreground.apply(listener)) {
            return runner.once(new MigrateKind(layout, all), JsonNodeFactory.instance.objectNode(), wait);
        }
    }
}
