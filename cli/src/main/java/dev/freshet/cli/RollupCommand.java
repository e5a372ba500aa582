package dev.freshet.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "rollup",
        header = "Bring rollups up to date, compute them again, verify them.",
        description = {
            "Bring a rollup up to date, compute its history again, or verify that it equals its recomputation.",
            "Rollups are defined with 'apply' and shown with 'get rollups'; the service ticks them by itself."
        },
        footer = {
            "",
            "Examples:",
            "  freshet rollup tick usage_hourly",
            "  freshet rollup backfill usage_hourly --dry-run",
            "  freshet rollup backfill usage_hourly --pause 1s",
            "  freshet rollup verify usage_hourly"
        })
final class RollupCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
