package dev.freshet.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.Freshet;
import dev.freshet.error.FreshetException;
import dev.freshet.schedule.Applied;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        header = "Create or update schedules and rollups from JSON or YAML.",
        description = {
            "Create or update schedules and rollups from JSON or YAML. Each document is applied whole or refused whole;",
            "one with the key 'rollup' is a rollup."
        },
        footer = {
            "",
            "Examples:",
            "  freshet apply -f orders.yaml",
            "  freshet apply -f schedules/ --dry-run      # every .json, .yaml and .yml in the folder"
        })
final class ApplyCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE|DIR",
            required = true,
            description = "A file of definitions, or a folder of such files.")
    Path file = Path.of("");

    @Option(names = "--dry-run", description = "Say what would happen, change nothing.")
    boolean dryRun;

    ApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<DefinitionFiles.Document> documents =
                new DefinitionFiles(session.console().folder().resolve(file)).documents();
        List<ObjectNode> done = new ArrayList<>();
        int exit = ExitCode.OK;
        try (Freshet freshet = session.open()) {
            for (DefinitionFiles.Document document : documents) {
                exit = Math.max(exit, apply(freshet, document, done));
            }
        }
        Listing listing = Listing.of(done, Cell.text("id"), Cell.text("result"), Cell.number("version"));
        if (done.isEmpty()) session.printForPrograms(listing);
        else session.print(listing);
        return exit;
    }

    private int apply(Freshet freshet, DefinitionFiles.Document document, List<ObjectNode> done) {
        try {
            Applied applied = freshet.apply(document.definition(), dryRun);
            done.add(row(applied));
            freshet.doubt(applied.schedule()).ifPresent(session.log()::warn);
            return ExitCode.OK;
        } catch (FreshetException refused) {
            String message = document.place() + ": " + refused.getMessage();
            return session.complaint().about(new FreshetException(refused.code(), message, refused.getCause()));
        }
    }

    private ObjectNode row(Applied applied) {
        String result = applied.effect().name().toLowerCase(Locale.ROOT) + (dryRun ? " (dry run)" : "");
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", applied.schedule().id())
                .put("result", result)
                .put("version", applied.schedule().version());
    }
}
