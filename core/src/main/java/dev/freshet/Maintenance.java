package dev.freshet;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.host.Host;
import dev.freshet.maintain.MaintainDefinitions;
import dev.freshet.maintain.MaintainKind;
import dev.freshet.maintain.MaintainTerms;
import dev.freshet.maintain.Maintained;
import dev.freshet.schedule.RunListener;
import dev.freshet.schedule.RunRecord;
import dev.freshet.schedule.Runner;
import dev.freshet.store.Store;
import dev.freshet.table.StillNeeded;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The upkeep of the lake's tables by hand: what it would do, and doing it now. Safe for use by many threads.
public final class Maintenance {
    private final Store store;
    private final Host host;
    private final MaintainTerms terms;
    private final StillNeeded needed;
    private final Function<RunListener, Runner> foreground;

    Maintenance(
            Store store, Host host, MaintainTerms terms, StillNeeded needed, Function<RunListener, Runner> foreground) {
        this.store = store;
        this.host = host;
        this.terms = terms;
        this.needed = needed;
        this.foreground = foreground;
    }

    /// What all tables are called: `datasets.orders`, `events.events`, `rollups.usage`, `freshet.runs`.
    public List<String> tables() {
        return new MaintainDefinitions(store, host, terms.every()).tables();
    }

    /// The whole name of the table that is called so, or of the only one that is when its area is left out.
    public String table(String name) {
        List<String> tables = tables();
        List<String> meant = tables.contains(name)
                ? List.of(name)
                : tables.stream().filter(table -> table.endsWith("." + name)).toList();
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        String known = tables.isEmpty() ? "the lake has no tables yet" : "there are " + String.join(", ", tables);
        throw new FreshetException(
                ErrorCode.UNKNOWN_ID,
                meant.isEmpty()
                        ? "there is no table '" + name + "' to maintain; " + known
                        : "'" + name + "' may be " + String.join(" or ", meant) + "; choose one");
    }

    /// What would be done to the table; changes nothing.
    ///
    /// @param table its whole name
    public Maintained plan(String table) {
        return new MaintainKind(terms, needed).plan(store, host, table);
    }

    /// Maintains the table now, whether that is due or not.
    ///
    /// @param table its whole name
    /// @param wait whether to wait for another process that does; a `LEASE_HELD` if not
    public Maintained run(String table, boolean wait, RunListener listener) throws InterruptedException {
        AtomicReference<@Nullable Maintained> done = new AtomicReference<>();
        MaintainKind kind = new MaintainKind(terms, needed, done::set);
        try (Runner runner = foreground.apply(listener)) {
            RunRecord run = runner.once(kind, MaintainKind.definition(table), wait);
            Maintained result = done.get();
            if (result != null) return result;
            String code = Objects.toString(run.errorCode(), ErrorCode.CANCELLED.name());
            throw new FreshetException(
                    ErrorCode.valueOf(code), Objects.toString(run.error(), table + ": it was not maintained"));
        }
    }
}
