package dev.freshet.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The streams of a command and its surroundings: data goes to `out`, everything else to `err`. One status line may
/// stand at the bottom of a terminal; a message is printed above it. Safe for use by many threads.
final class Console {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final Set<String> YES = Set.of("y", "yes");
    private static final Path STDERR = Path.of("/proc/self/fd/2");

    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Path folder;
    private final boolean terminal;
    private String status = "";

    Console(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Map<String, String> environment,
            Path folder,
            boolean terminal) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
        this.folder = folder;
        this.terminal = terminal;
    }

    PrintStream out() {
        return out;
    }

    Map<String, String> environment() {
        return environment;
    }

    /// The folder that the command was started in.
    Path folder() {
        return folder;
    }

    /// True if a person watches: only then is there a status line.
    boolean terminal() {
        return terminal;
    }

    /// Asks the person who watches; whatever is not a yes is a no.
    boolean agreed(String question) {
        err.print(question + " [y/N] ");
        err.flush();
        try {
            String answer = in.readLine();
            return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException gone) {
            return false;
        }
    }

    /// All of stdin.
    String input() throws IOException {
        StringWriter text = new StringWriter();
        in.transferTo(text);
        return text.toString();
    }

    synchronized void line(String text) {
        err.println(status.isEmpty() ? text : CLEAR_LINE + text);
        if (!status.isEmpty()) err.print(status);
        err.flush();
    }

    /// Replaces the status line; an empty text removes it. Nothing happens unless this is a terminal.
    synchronized void status(String text) {
        if (!terminal || text.equals(status)) return;
        err.print(CLEAR_LINE + text);
        err.flush();
        status = text;
    }

    void flush() {
        out.flush();
        err.flush();
    }

    /// Whether this process writes its messages to a terminal that can redraw a line.
    static boolean isTerminal() {
        return !"dumb".equals(System.getenv("TERM")) && isCharacterDevice();
    }

    private static boolean isCharacterDevice() {
        try {
            String target = Files.readSymbolicLink(STDERR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return System.console() != null;
        }
    }
}
