package dev.freshet.cli;

import dev.freshet.Freshet;
import dev.freshet.FreshetOptions;
import dev.freshet.Setting;
import dev.freshet.Settings;
import dev.freshet.host.Host;
import dev.freshet.ingest.Source;
import dev.freshet.schedule.RunListener;
import dev.freshet.source.mysql.MySqlSource;
import dev.freshet.source.postgres.PostgresOptions;
import dev.freshet.source.postgres.PostgresSource;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// What the commands share: the console, the options given, and the way to the lake.
final class Session {
    private final Surroundings surroundings;
    private final FreshetCommand options;

    Session(Surroundings surroundings, FreshetCommand options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    Console console() {
        return surroundings.console();
    }

    PrintStream out() {
        return console().out();
    }

    Log log() {
        return new Log(console(), options.log, host()::now);
    }

    Host host() {
        return surroundings.host();
    }

    /// What shall happen when the process is told to end, and with which exit code it ends.
    void whenStopped(int exitCode, Runnable stop) {
        surroundings.signal().whenStopped(exitCode, stop);
    }

    RunListener progress() {
        return new Progress(console(), log(), complaint(), host());
    }

    Complaint complaint() {
        return new Complaint(log(), options.verbose);
    }

    void print(Listing listing) {
        new Printer(console().out(), options.output).print(listing);
    }

    /// For data without an end.
    EventLines eventLines() {
        return new EventLines(out(), forPrograms());
    }

    /// Prints what a program wants to read although the command failed; a person reads the error instead.
    void printForPrograms(Listing listing) {
        if (forPrograms()) print(listing);
    }

    boolean forPrograms() {
        return options.output != OutputFormat.TABLE;
    }

    /// The folder of the lake, whether it exists or not.
    Path lake() {
        return lake(settings(Map.of()));
    }

    /// Opens the lake; the caller closes it. `given` are settings that options of the command stand for.
    Freshet open(Map<Setting, String> given) {
        if (LoggerFactory.getILoggerFactory() instanceof Loggers loggers) loggers.attach(log(), options.verbose);
        Settings settings = settings(given);
        FreshetOptions chosen = FreshetOptions.of(settings, console().environment());
        List<Source> sources = List.of(new PostgresSource(PostgresOptions.of(settings), host()), new MySqlSource());
        return Freshet.open(lake(settings), chosen, sources, host());
    }

    Freshet open() {
        return open(Map.of());
    }

    /// Opens the lake for a command that works in the foreground: Ctrl-C gives its lease back.
    Freshet openToWork() {
        Freshet freshet = open();
        whenStopped(ExitCode.INTERRUPTED, () -> {
            log().say("stopping");
            freshet.close();
        });
        return freshet;
    }

    private Path lake(Settings settings) {
        return console().folder().resolve(settings.text(Setting.LAKE)).normalize();
    }

    private Settings settings(Map<Setting, String> given) {
        Map<String, String> all = new LinkedHashMap<>(options.settings);
        given.forEach((setting, value) -> all.put(setting.key(), value));
        if (options.lake != null) all.put(Setting.LAKE.key(), options.lake.toString());
        return Settings.read(all, console().environment(), console().folder());
    }
}
