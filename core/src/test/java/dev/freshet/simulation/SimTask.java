package dev.freshet.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.RunContext;
import dev.freshet.schedule.Task;
import dev.freshet.schedule.TaskResult;
import dev.freshet.table.Change;
import dev.freshet.table.CommitOutcome;
import dev.freshet.table.Position;
import java.time.Duration;
import java.util.Map;

/// Works for a while, then mostly commits; sometimes it fails, finds nothing to do, or hangs.
record SimTask(World world, Weather weather, Story story) implements Task {
    private static final Schema SCHEMA = Schema.of(new Column("id", ColumnType.LONG, false));
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public TaskResult run(RunContext context) throws Exception {
        long steps = world.random().nextInt(4);
        for (long step = 1; step <= steps && !context.cancelled(); step++) {
            context.host()
                    .sleep(world.between(Duration.ofMillis(50), story.lease().dividedBy(3)));
            context.progress(step, step);
        }
        boolean trouble = !weather.isOver();
        if (trouble && world.chance(0.08)) {
            throw new FreshetException(ErrorCode.SOURCE_FAILED, "the source is away");
        }
        if (trouble && world.chance(0.03)) {
            context.host().sleep(story.lease().multipliedBy(20));
        }
        return world.chance(0.1) ? TaskResult.unchanged("nothing new") : committed(context);
    }

    private static TaskResult committed(RunContext context) throws Exception {
        long count = JSON.readTree(context.startedFrom().json()).path("n").asLong() + 1;
        CommitOutcome outcome = context.commit(
                _ -> Change.of("WRITE").schema(SCHEMA).removeAll(),
                new Position("{\"n\":" + count + "}"),
                Map.of("rows", count, "bytes", count));
        return outcome instanceof CommitOutcome.Committed(var version, var _)
                ? TaskResult.succeeded(count, count, version, "")
                : TaskResult.unchanged("not committed");
    }
}
