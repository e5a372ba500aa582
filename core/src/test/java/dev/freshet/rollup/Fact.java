package dev.freshet.rollup;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One fact of the reference case, and what it adds to.
record Fact(
        Instant created,
        Instant updated,
        String workspace,
        @Nullable String project,
        String model,
        long tokens,
        String task) {
    static final Schema SCHEMA = Schema.of(
            new Column("created_at", ColumnType.TIMESTAMP, true),
            new Column("updated_at", ColumnType.TIMESTAMP, true),
            new Column("workspace", ColumnType.STRING, false),
            new Column("runtime", ColumnType.STRING, true),
            new Column("agent", ColumnType.STRING, true),
            new Column("project", ColumnType.STRING, true),
            new Column("provider", ColumnType.STRING, true),
            new Column("model", ColumnType.STRING, true),
            new Column("input_tokens", ColumnType.LONG, true),
            new Column("output_tokens", ColumnType.LONG, true),
            new Column("cache_read_tokens", ColumnType.LONG, true),
            new Column("cache_write_tokens", ColumnType.LONG, true),
            new Column("task_id", ColumnType.STRING, true));

    /// The reference case's definition.
    static final String HOURLY = """
            {'type': 'rollup', 'rollup': 'task_usage_hourly', 'source': 'task_usage',
             'time': 'created_at', 'updated': 'updated_at',
             'dimensions': ['workspace', 'runtime', 'agent', 'project', 'provider', 'model'],
             'measures': {
               'input_tokens': {'sum': 'input_tokens'},
               'output_tokens': {'sum': 'output_tokens'},
               'cache_read_tokens': {'sum': 'cache_read_tokens'},
               'cache_write_tokens': {'sum': 'cache_write_tokens'},
               'task_count': {'distinct': 'task_id'},
               'event_count': 'count'}}
            """;

    static Fact at(String created, long tokens, String task) {
        Instant time = Instant.parse(created);
        return new Fact(time, time, "w1", null, "m1", tokens, task);
    }

    @Nullable
    Object[] row() {
        return new @Nullable Object[] {
            created, updated, workspace, "docker", "coder", project, "acme", model, tokens, 2 * tokens, 0L, null, task
        };
    }

    Instant hour() {
        return created.truncatedTo(ChronoUnit.HOURS);
    }

    /// Which row of the rollup it is in: the hour and the dimensions.
    List<@Nullable Object> key() {
        return Arrays.asList(hour(), workspace, "docker", "coder", project, "acme", model);
    }

    Fact with(long newTokens, Instant now) {
        return new Fact(created, now, workspace, project, model, newTokens, task);
    }
}
