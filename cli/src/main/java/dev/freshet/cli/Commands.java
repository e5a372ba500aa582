package dev.freshet.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/// All commands by their names, in the order of the help. Where the first word names one, only that one is made: to
/// describe all of them takes longer than most do.
final class Commands {
    /// This one speaks about the others.
    private static final String COMPLETION = "completion";

    private final Session session;
    private final Map<String, Supplier<Object>> makers = new LinkedHashMap<>();

    Commands(Session session) {
        this.session = session;
        makers.put("demo", () -> new DemoCommand(session));
        makers.put("serve", () -> new ServeCommand(session));
        makers.put("ingest", () -> new IngestCommand(session));
        makers.put("apply", () -> new ApplyCommand(session));
        makers.put("get", () -> new GetCommand(session));
        makers.put("run", () -> new RunCommand(session));
        makers.put("tasks", this::tasks);
        makers.put("rollup", this::rollup);
        makers.put("checkpoint", this::checkpoint);
        makers.put("maintain", () -> new MaintainCommand(session));
        makers.put("enable", () -> new EnableCommand(session));
        makers.put("disable", () -> new DisableCommand(session));
        makers.put("delete", () -> new DeleteCommand(session));
        makers.put("schema", () -> new SchemaCommand(session));
        makers.put("query", () -> new QueryCommand(session));
        makers.put("events", () -> new EventsCommand(session));
        makers.put("record", () -> new RecordCommand(session));
        makers.put("migrate", () -> new MigrateCommand(session));
        makers.put("doctor", () -> new DoctorCommand(session));
        makers.put(COMPLETION, () -> new CompletionCommand(session));
    }

    void addTo(CommandLine line, String... arguments) {
        boolean named = arguments.length > 0 && makers.containsKey(arguments[0]) && !arguments[0].equals(COMPLETION);
        makers.forEach((name, maker) -> {
            if (!named || name.equals(arguments[0])) line.addSubcommand(name, maker.get());
        });
    }

    private CommandLine tasks() {
        return new CommandLine(new TasksCommand())
                .addSubcommand(new ReleaseCommand(session))
                .addSubcommand(new PauseCommand(session))
                .addSubcommand(new ResumeCommand(session));
    }

    private CommandLine rollup() {
        return new CommandLine(new RollupCommand())
                .addSubcommand(new RollupTickCommand(session))
                .addSubcommand(new RollupBackfillCommand(session))
                .addSubcommand(new RollupVerifyCommand(session));
    }

    private CommandLine checkpoint() {
        return new CommandLine(new CheckpointCommand())
                .addSubcommand(new CheckpointListCommand(session))
                .addSubcommand(new CheckpointVerifyCommand(session))
                .addSubcommand(new CheckpointRepairCommand(session))
                .addSubcommand(new CheckpointGcCommand(session));
    }
}
