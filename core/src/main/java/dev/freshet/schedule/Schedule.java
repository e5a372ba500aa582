package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.table.OnForeignCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One version of a schedule's definition: what to do and when. Validated when it was read; immutable. `kind` is
/// opaque here and must not be changed by whoever reads it. What happened to the schedule is in the control table's
/// row of its task and in the ledger, never here.
public record Schedule(
        String id,
        JsonNode kind,
        Trigger trigger,
        boolean enabled,
        Instant createdAt,
        String createdBy,
        Retry retry,
        Misfire misfire,
        Duration stallLimit,
        Duration lease,
        OnForeignCommit onForeignCommit,
        long version) {
    static final Duration DEFAULT_STALL_LIMIT = Duration.ofMinutes(10);
    static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);

    /// Whether it is a rollup or the maintenance of a table: those have ids like `rollup:usage_hourly`, the names of
    /// their tasks.
    public boolean isNamedAfterTask() {
        return Shelf.of(id) != Shelf.SCHEDULES;
    }

    /// A schedule that only says what to do, for work that is done once.
    static Schedule unregistered(TaskKind kind, JsonNode definition, Instant now) {
        return new Schedule(
                kind.taskName(definition),
                definition,
                new Interval(Duration.ofDays(1), Strategy.SINCE_COMPLETION),
                false,
                now,
                "",
                new Retry(List.of()),
                Misfire.DEFAULT,
                DEFAULT_STALL_LIMIT,
                DEFAULT_LEASE,
                kind.onForeignCommit(definition),
                0);
    }

    /// The same for work that somebody asks of this schedule's task: it keeps the terms that this one sets. What may
    /// go over another writer's commit, by either, does.
    Schedule once(TaskKind kind, JsonNode order, Instant now) {
        Schedule plain = unregistered(kind, order, now);
        boolean proceeds = onForeignCommit == OnForeignCommit.PROCEED;
        return new Schedule(
                plain.id,
                order,
                plain.trigger,
                false,
                now,
                "",
                plain.retry,
                Misfire.DEFAULT,
                stallLimit,
                lease,
                proceeds ? onForeignCommit : plain.onForeignCommit,
                0);
    }
}
