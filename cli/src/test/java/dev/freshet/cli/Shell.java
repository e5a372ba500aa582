package dev.freshet.cli;

import dev.freshet.host.Host;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Runs command lines in this process, in a folder of its own, and keeps what they print.
final class Shell {
    /// What one command line left behind.
    record Result(int exit, String out, String err) {}

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private InputStream answers = InputStream.nullInputStream();
    private boolean terminal;

    Shell(Path folder) {
        this.folder = folder;
        environment.put("FRESHET_EVENTS_SPILL_FOLDER", folder.resolve("spill").toString());
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// From now on a person watches, who types this.
    Shell answering(String typed) {
        answers = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        terminal = true;
        return this;
    }

    /// A command that goes on until its thread is interrupted.
    Thread start(ByteArrayOutputStream out, String... arguments) {
        return Thread.ofPlatform().start(() -> run(out, arguments));
    }

    Result run(String... arguments) {
        return run(new ByteArrayOutputStream(), arguments);
    }

    private Result run(ByteArrayOutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(answers, stream(out), stream(err), environment, folder, terminal);
        int exit = new CommandLineRun(new Surroundings(console, Host.system(), (_, _) -> {})).execute(arguments);
        console.flush();
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
