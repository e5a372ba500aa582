package dev.freshet.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model;

/// One command line: parsed, run, and turned into an exit code. Every command is wired here and nowhere else.
final class CommandLineRun {
    private final Surroundings surroundings;
    private final FreshetCommand options = new FreshetCommand();

    CommandLineRun(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    CommandLine commandLine() {
        Session session = new Session(surroundings, options);
        CommandLine line = new CommandLine(options)
                .addSubcommand(new DemoCommand(session))
                .addSubcommand(new ServeCommand(session))
                .addSubcommand(new IngestCommand(session))
                .addSubcommand(new ApplyCommand(session))
                .addSubcommand(new GetCommand(session))
                .addSubcommand(new RunCommand(session))
                .addSubcommand(tasks(session))
                .addSubcommand(rollup(session))
                .addSubcommand(checkpoint(session))
                .addSubcommand(new MaintainCommand(session))
                .addSubcommand(new EnableCommand(session))
                .addSubcommand(new DisableCommand(session))
                .addSubcommand(new DeleteCommand(session))
                .addSubcommand(new SchemaCommand(session))
                .addSubcommand(new QueryCommand(session))
                .addSubcommand(new EventsCommand(session))
                .addSubcommand(new RecordCommand(session))
                .addSubcommand(new MigrateCommand(session))
                .addSubcommand(new DoctorCommand(session))
                .addSubcommand(new CompletionCommand(session));
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

    private static CommandLine tasks(Session session) {
        return new CommandLine(new TasksCommand())
                .addSubcommand(new ReleaseCommand(session))
                .addSubcommand(new PauseCommand(session))
                .addSubcommand(new ResumeCommand(session));
    }

    private static CommandLine rollup(Session session) {
        return new CommandLine(new RollupCommand())
                .addSubcommand(new RollupTickCommand(session))
                .addSubcommand(new RollupBackfillCommand(session))
                .addSubcommand(new RollupVerifyCommand(session));
    }

    private static CommandLine checkpoint(Session session) {
        return new CommandLine(new CheckpointCommand())
                .addSubcommand(new CheckpointListCommand(session))
                .addSubcommand(new CheckpointVerifyCommand(session))
                .addSubcommand(new CheckpointRepairCommand(session))
                .addSubcommand(new CheckpointGcCommand(session));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
