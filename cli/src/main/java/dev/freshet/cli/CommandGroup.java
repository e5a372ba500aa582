package dev.freshet.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that only has subcommands: alone it shows them.
@Command
abstract class CommandGroup implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.OK;
    }
}
