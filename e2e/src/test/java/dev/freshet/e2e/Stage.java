package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A folder of its own for each test, with a lake in it, and every process that the test starts on that lake. They
/// end with the test, however it ends; when it fails, what they printed is printed and the folder stays.
final class Stage implements BeforeEachCallback, AfterEachCallback {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<FreshetProcess> processes = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> environment = new TreeMap<>();
    private Path folder = Path.of("");

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        open();
    }

    void open() throws IOException {
        processes.clear();
        environment.clear();
        folder = Files.createTempDirectory("freshet-e2e-").toRealPath();
        // The demo's database may run as another user.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(folder.resolve("work"));
        set("FRESHET_HEAP", "256m");
        set("FRESHET_EVENTS_SPILL_FOLDER", folder.resolve("spill").toString());
        set(Postgres.PASSWORD_VARIABLE, Postgres.PASSWORD);
    }

    /// A variable in the environment of the processes started from now on.
    Stage set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path folder() {
        return folder;
    }

    /// Where the processes work: their output lies there, and nothing else may.
    Path work() {
        return folder.resolve("work");
    }

    Path root() {
        return folder.resolve("lake");
    }

    Lake lake() {
        return new Lake(root());
    }

    /// Starts a command on the lake and does not wait for it.
    FreshetProcess start(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--lake", root().toString()));
        String name = "%02d-%s".formatted(processes.size(), arguments[0]);
        FreshetProcess process = FreshetProcess.start(work(), name, environment, all);
        processes.add(process);
        return process;
    }

    /// Runs a command to its end.
    FreshetProcess run(String... arguments) {
        FreshetProcess process = start(arguments);
        int _ = process.exit();
        return process;
    }

    /// Runs a command that must succeed, and returns what it prints.
    String ok(String... arguments) {
        FreshetProcess process = run(arguments);
        assertThat(process.exit()).as(process.toString()).isZero();
        return process.out();
    }

    /// The rows that a command prints with `-o json`.
    JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-o", "json"));
        return parsed(ok(all.toArray(String[]::new)));
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    /// Applies definitions that must be accepted, all by one command.
    void apply(Definition... definitions) {
        try {
            Path files = Files.createTempDirectory(folder, "definitions-");
            for (Definition definition : definitions) {
                Files.writeString(files.resolve(definition.id() + ".json"), definition.text());
            }
            ok("apply", "-f", files.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a service that looks for work every second.
    FreshetProcess serve(String podId, String... more) {
        List<String> all = new ArrayList<>(List.of("serve", "--pod-id", podId, "--tick", "1"));
        all.addAll(List.of(more));
        return start(all.toArray(String[]::new));
    }

    /// Starts a service that stands still for ever when it comes to a point of its work.
    FreshetProcess serveUntil(String point, String podId) {
        set("JDK_JAVA_OPTIONS", "-Dfreshet.test.pause_at=" + point);
        FreshetProcess process = serve(podId);
        environment.remove("JDK_JAVA_OPTIONS");
        Eventually.that(podId + " is paused at " + point, () -> process.err().contains("paused at " + point));
        return process;
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        boolean failed = context.getExecutionException().isPresent() && !processes.isEmpty();
        if (failed) {
            System.err.println(context.getDisplayName() + " failed; its lake is kept in " + folder);
            processes.forEach(System.err::println);
        }
        close(failed);
    }

    /// Ends every process.
    void close(boolean keepFolder) throws IOException {
        processes.stream().filter(FreshetProcess::isAlive).forEach(FreshetProcess::kill);
        killWhatNames(folder);
        if (!keepFolder) {
            delete(folder);
        }
    }

    /// Ends what the processes left running, such as the demo's database: their commands name our folder.
    static void killWhatNames(Path folder) {
        List<ProcessHandle> left = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(folder.toString()))
                        .isPresent())
                .toList();
        left.stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(process -> Eventually.that(process + " ends", () -> !process.isAlive()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
