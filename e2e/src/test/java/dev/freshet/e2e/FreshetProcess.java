package dev.freshet.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A `freshet` command, started as a user starts it: the launcher becomes the JVM, so signals reach Freshet itself.
/// What it prints goes to two files.
final class FreshetProcess {
    private static final String LAUNCHER = Project.ROOT.resolve("freshet").toString();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;

    private FreshetProcess(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /// Starts a command in a folder, which is also where its output is kept under its name.
    static FreshetProcess start(Path folder, String name, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER));
        command.addAll(arguments);
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(FreshetProcess::isOurs);
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("FRESHET_BUILD", "never");
        try {
            return new FreshetProcess(name + " (" + String.join(" ", arguments) + ")", builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith("FRESHET_") || variable.equals("JDK_JAVA_OPTIONS");
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// The exit code, once the process has ended by itself.
    int exit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(name + " has not ended after " + PATIENCE);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(name + " was not waited for", e);
        }
    }

    /// SIGKILL, and the process is gone when this returns.
    void kill() {
        process.destroyForcibly();
        exit();
    }

    /// SIGTERM: the process may put things in order.
    void terminate() {
        process.destroy();
    }

    /// SIGSTOP: the process sleeps and notices nothing of it.
    void suspend() {
        signal("STOP");
    }

    /// SIGCONT.
    void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    long pid() {
        return process.pid();
    }

    /// Where it prints its log.
    Path log() {
        return err;
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "--- " + name + (isAlive() ? ", running" : ", exit code " + process.exitValue()) + "\n" + out() + err();
    }
}
