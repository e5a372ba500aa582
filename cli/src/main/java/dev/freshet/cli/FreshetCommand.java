package dev.freshet.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The command itself and the options that may stand before or after any sub-command.
@Command(
        name = "freshet",
        description = "Keeps a lakehouse fresh by itself: copies database tables into Delta tables on a schedule.",
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        usageHelpWidth = 100,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nArguments:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Data goes to stdout, messages to stderr. Exit codes: 0 ok, 1 the work failed,",
            "2 bad usage or definition, 3 lake or database unreachable, 4 lease held by another."
        })
final class FreshetCommand extends CommandGroup {
    @Option(
            names = "--lake",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            order = 100,
            description = "The lake's folder. Default: FRESHET_LAKE, else ./lake.")
    @Nullable
    Path lake;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            order = 101,
            description = "How to print data: ${COMPLETION-CANDIDATES}. Default: table.")
    OutputFormat output = OutputFormat.TABLE;

    @Option(
            names = "--log",
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            order = 102,
            description = "How to print messages: ${COMPLETION-CANDIDATES}. Default: text.")
    Log.Format log = Log.Format.TEXT;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            scope = ScopeType.INHERIT,
            order = 103,
            description = "A setting, such as query.memory_mb=1024; docs/configuration.md lists them.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            order = 104,
            description = "Print the causes of errors, and the warnings of libraries.")
    boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            order = 105,
            description = "Print this help.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            scope = ScopeType.INHERIT,
            order = 106,
            hidden = true,
            description = "Print the version.")
    boolean version;
}
