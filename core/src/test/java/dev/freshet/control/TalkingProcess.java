package dev.freshet.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another Java process that a test talks to, line by line.
final class TalkingProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    private final BufferedWriter words;

    private TalkingProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader(UTF_8);
        this.words = process.outputWriter(UTF_8);
    }

    static TalkingProcess start(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        return new TalkingProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// The next line that it says.
    String hear() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the process ended without a word");
        }
        return line;
    }

    void tell(String word) throws IOException {
        words.write(word);
        words.newLine();
        words.flush();
    }

    /// Sends a signal by name, such as STOP.
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
