package dev.freshet.cli;

import picocli.CommandLine.Command;

@Command(
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
final class RollupCommand extends CommandGroup {}
