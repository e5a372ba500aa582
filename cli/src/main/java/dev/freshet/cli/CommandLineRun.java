package dev.freshet.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model;

/// One command line: parsed, run, and turned into an exit code.
final class CommandLineRun {
    private final Surroundings surroundings;
    private final FreshetCommand options = new FreshetCommand();

    CommandLineRun(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    int execute(String... arguments) {
        return commandLine(arguments).execute(arguments);
    }

    private CommandLine commandLine(String... arguments) {
        Session session = new Session(surroundings, options);
        CommandLine line = new CommandLine(options);
        new Commands(session).addTo(line, arguments);
        List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
        sections.remove(Model.UsageMessageSpec.SECTION_KEY_HEADER);
        return line.setHelpSectionKeys(sections)
                .registerConverter(OutputFormat.class, new Choice<>(OutputFormat.values()))
                .registerConverter(Log.Format.class, new Choice<>(Log.Format.values()))
                .registerConverter(GetCommand.What.class, new Choice<>(GetCommand.What.values()))
                .registerConverter(CompletionCommand.Shell.class, new Choice<>(CompletionCommand.Shell.values()))
                .setOut(writer(surroundings.console().out()))
                .setParameterExceptionHandler(
                        (failure, _) -> session.complaint().about(failure))
                .setExecutionExceptionHandler(
                        (failure, _, _) -> session.complaint().about(failure));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
