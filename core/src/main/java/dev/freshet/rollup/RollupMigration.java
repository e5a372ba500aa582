package dev.freshet.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.schedule.OtherWork;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Runner;
import dev.freshet.store.Store;
import dev.freshet.table.DeltaTable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The hook that a migration calls before it drops what a rollup supersedes: sees to it, under the rollup's lease, that
/// the rollup holds all of it. One call at a time.
public final class RollupMigration {
    /// The lag that is no reason for a backfill, when none is named.
    public static final Duration LAG_THRESHOLD = Duration.ofHours(1);

    private static final Duration POLL = Duration.ofSeconds(1);

    private final Runner runner;
    private final RollupKind kind;
    private final Store store;
    private final Host host;

    /// @param runner stays the caller's
    public RollupMigration(Runner runner, RollupKind kind, Store store, Host host) {
        this.runner = runner;
        this.kind = kind;
        this.store = store;
        this.host = host;
    }

    /// Does what is needed.
    ///
    /// @param definition of the rollup, as its task has it
    /// @param threshold how far the newest fact may be ahead of the watermark without a backfill; zero or less
    ///     means the default
    /// @param patience how long to wait for another process that holds the rollup
    /// @throws FreshetException (LEASE_HELD) if it still does then
    public MigrationResult run(JsonNode definition, Duration threshold, Duration patience) throws InterruptedException {
        AtomicReference<@Nullable MigrationResult> result = new AtomicReference<>();
        Duration lag = threshold.isPositive() ? threshold : LAG_THRESHOLD;
        HookTask.Order order = new HookTask.Order(RollupReader.read(definition), lag, stale(definition));
        OtherWork hook = new OtherWork(kind, kind.taskName(definition), () -> new HookTask(kind, order, result::set));
        RunRecord run = awaited(hook, definition, patience);
        MigrationResult found = result.get();
        return found == null
                ? new MigrationResult(
                        null, 0, 0, null, null, null, Objects.requireNonNullElse(run.error(), "it never began"))
                : found;
    }

    private RunRecord awaited(OtherWork hook, JsonNode definition, Duration patience) throws InterruptedException {
        long end = host.nanos() + patience.toNanos();
        while (true) {
            try {
                return runner.once(hook, definition, false);
            } catch (FreshetException e) {
                if (e.code() != ErrorCode.LEASE_HELD || host.nanos() - end >= 0) {
                    throw e;
                }
                host.sleep(POLL);
            }
        }
    }

    /// What a hook without the safeguard goes by.
    private @Nullable Optional<RollupState> stale(JsonNode definition) {
        return kind.terms().keeps(Safeguard.STATE_IS_READ_AGAIN)
                ? null
                : DeltaTable.withoutUpkeep(store, RollupReader.read(definition).path(), host)
                        .latest()
                        .flatMap(RollupState::in);
    }
}
