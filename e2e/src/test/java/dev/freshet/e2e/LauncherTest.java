package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `./freshet`, in a source tree of its own whose build is a copy that is counted.
class LauncherTest {
    private static final String MAIN = """
            package dev.freshet.cli;
            class Main {
                public static void main(String[] arguments) {
                    System.out.println(String.join("|", arguments));
                    System.out.println(ProcessHandle.current().pid());
                    System.out.println(Runtime.getRuntime().maxMemory() >> 20);
                }
            }
            class Training {
                public static void main(String[] arguments) {}
            }
            """;
    private static final String BUILD = """
            #!/usr/bin/env bash
            echo "[INFO] Building Freshet core 0"
            echo built >>builds
            sleep 0.3
            [ ! -e broken ] || { echo "[ERROR] it is broken"; exit 1; }
            rm -rf cli/target/freshet && mkdir -p cli/target/freshet/lib && cp main.jar cli/target/freshet/lib/freshet-cli.jar
            """;

    @TempDir
    Path home;

    private record Ended(int code, List<String> output, String messages, long pid) {}

    private record Started(Process process, Path messages) {
        Ended end() throws IOException, InterruptedException {
            List<String> output = process.inputReader().lines().toList();
            return new Ended(process.waitFor(), output, Files.readString(messages), process.pid());
        }
    }

    @BeforeEach
    void makeASourceTree() throws IOException {
        for (String module : List.of("core", "sources", "cli")) {
            Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.createFile(home.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(home.resolve("pom.xml"));
        Files.copy(Project.ROOT.resolve("freshet"), home.resolve("freshet"));
        Files.writeString(home.resolve("mvnw"), BUILD);
        assertThat(home.resolve("mvnw").toFile().setExecutable(true)).isTrue();
        makeTheJar();
    }

    private void makeTheJar() throws IOException {
        Path source = Files.writeString(home.resolve("Main.java"), MAIN);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", home.toString(), source.toString()))
                .isZero();
        try (var jar = new JarOutputStream(Files.newOutputStream(home.resolve("main.jar")))) {
            for (String name : List.of("Main", "Training")) {
                String entry = "dev/freshet/cli/" + name + ".class";
                jar.putNextEntry(new JarEntry(entry));
                Files.copy(home.resolve(entry), jar);
            }
        }
    }

    @Test
    void theFirstStartBuildsAndSaysSo() throws Exception {
        Ended ended = start(Map.of(), "get", "a b").end();

        assertThat(ended.code()).as(ended.messages()).isZero();
        assertThat(ended.output()).first().isEqualTo("get|a b");
        assertThat(ended.messages()).contains("building once", "building core");
    }

    @Test
    void whatIsUpToDateIsNotBuiltAgain() throws Exception {
        start(Map.of()).end();
        Ended second = start(Map.of()).end();

        assertThat(builds()).isEqualTo(1);
        assertThat(second.messages()).isEmpty();
    }

    @Test
    void aChangedSourceIsBuiltAgain() throws Exception {
        start(Map.of()).end();
        Path changed = Files.createFile(home.resolve("core/src/main/New.java"));
        Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(5)));
        Ended second = start(Map.of()).end();

        assertThat(builds()).isEqualTo(2);
        assertThat(second.messages()).contains("the sources have changed");
    }

    @Test
    void twoFirstStartsBuildOnce() throws Exception {
        Started one = start(Map.of(), "one");
        Started two = start(Map.of(), "two");

        assertThat(one.end().output()).first().isEqualTo("one");
        assertThat(two.end().output()).first().isEqualTo("two");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void theLockOfABuilderThatDiedIsTakenOver() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(home.resolve("target/freshet-build.lock"));
        Files.writeString(home.resolve("target/freshet-build.lock/pid"), dead.pid() + "\n");

        assertThat(start(Map.of()).end().code()).isZero();
    }

    @Test
    void aFailedBuildShowsItsEndAndWhereTheRestIs() throws Exception {
        Files.createFile(home.resolve("broken"));
        Ended ended = start(Map.of()).end();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.messages()).contains("[ERROR] it is broken", "target/freshet-build.log");
        assertThat(home.resolve("target/freshet-build.lock")).doesNotExist();
    }

    @Test
    void aForbiddenBuildIsNotStarted() throws Exception {
        Ended ended = start(Map.of("FRESHET_BUILD", "never")).end();

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.messages()).contains("nothing is built");
        assertThat(builds()).isZero();
    }

    @Test
    void itStartsThroughASymbolicLinkFromAnyFolder() throws Exception {
        Files.createSymbolicLink(home.resolve("near"), Path.of("freshet"));
        Path link = Files.createSymbolicLink(home.resolve("core/far"), Path.of("../near"));

        assertThat(start(link, Path.of("/"), Map.of()).end().code()).isZero();
    }

    @Test
    void itBecomesJavaSoThatSignalsReachIt() throws Exception {
        Ended ended = start(Map.of()).end();

        assertThat(ended.output()).as(ended.messages()).hasSize(3);
        assertThat(ended.output().get(1)).isEqualTo(Long.toString(ended.pid()));
    }

    @Test
    void theHeapIsTheCallersChoice() throws Exception {
        Ended ended = start(Map.of("FRESHET_HEAP", "100m")).end();

        assertThat(ended.output()).as(ended.messages()).hasSize(3);
        assertThat(Integer.parseInt(ended.output().get(2))).isBetween(90, 100);
    }

    @Test
    void anotherCollectorReplacesOursAndHasAClassCacheOfItsOwn() throws Exception {
        start(Map.of()).end();
        Ended ended =
                start(Map.of("FRESHET_JAVA_OPTS", "-XX:+UseParallelGC -Dx=y")).end();

        assertThat(ended.code()).as(ended.messages()).isZero();
        assertThat(ended.messages()).doesNotContain("error", "warning");
        try (Stream<Path> files = Files.list(home.resolve("cli/target/freshet"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".aot"))).hasSize(2);
        }
    }

    private Started start(Map<String, String> environment, String... arguments) throws IOException {
        return start(home.resolve("freshet"), home, environment, arguments);
    }

    private Started start(Path script, Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(arguments));
        Path messages = Files.createTempFile(home, "messages", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("FRESHET_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Started(builder.redirectError(messages.toFile()).start(), messages);
    }

    private int builds() throws IOException {
        Path builds = home.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }
}
