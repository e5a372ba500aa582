package dev.freshet.rollup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.query.QueryLimits;
import dev.freshet.schedule.Schedule;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskKind;
import dev.freshet.table.OnForeignCommit;
import java.time.Duration;
import java.util.Optional;

/// The kind of work that keeps a rollup up to date: the lake's table `rollups/<name>`, written by the task
/// `rollup:<name>`. A run does what the rollup's state calls for; a one-shot's `op` can ask for a `tick`, a `backfill`
/// or a `window` instead. Stateless, safe for use by many threads.
public final class RollupKind implements TaskKind {
    private static final String PREFIX = RollupState.ROLE + ":";

    /// A slice may need long; what does not go on at all is ended by its stall limit.
    private static final Duration LONGEST_QUERY = Duration.ofHours(6);

    private final Terms terms;

    /// @param limits memory and threads of a run
    public RollupKind(QueryLimits limits) {
        this(Terms.of(new QueryLimits(limits.memoryBytes(), LONGEST_QUERY, limits.threads())));
    }

    RollupKind(Terms terms) {
        this.terms = terms;
    }

    Terms terms() {
        return terms;
    }

    @Override
    public String type() {
        return RollupState.ROLE;
    }

    @Override
    public void validate(JsonNode kind) {
        RollupReader.read(kind);
        RollupReader.operation(kind);
    }

    @Override
    public String taskName(JsonNode kind) {
        return PREFIX + RollupReader.read(kind).name();
    }

    @Override
    public String label(JsonNode kind) {
        RollupDefinition definition = RollupReader.read(kind);
        return type() + ":" + definition.source().name();
    }

    @Override
    public String targetPath(String taskName) {
        if (!taskName.startsWith(PREFIX)) {
            throw new IllegalArgumentException("no rollup: " + taskName);
        }
        return RollupDefinition.path(taskName.substring(PREFIX.length()));
    }

    @Override
    public String role() {
        return RollupState.ROLE;
    }

    /// Rows that somebody else wrote are no rollup; a backfill that is asked for puts them right.
    @Override
    public OnForeignCommit onForeignCommit(JsonNode kind) {
        return RollupReader.operation(kind) instanceof Operation.Tick
                ? OnForeignCommit.REFUSE
                : OnForeignCommit.PROCEED;
    }

    /// The folder of the facts.
    @Override
    public Optional<String> follows(JsonNode kind) {
        return Optional.of(RollupReader.read(kind).source().path());
    }

    @Override
    public Task create(Schedule schedule) {
        return task(schedule.kind());
    }

    Task task(JsonNode kind) {
        return new RollupTask(RollupReader.read(kind), RollupReader.operation(kind), terms);
    }
}
