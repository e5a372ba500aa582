package dev.freshet.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Spark with Delta, in a JVM of its own that shares no library with ours; a start takes some seconds.
final class Spark {
    private static final Path CLASSPATH = Project.ROOT.resolve("e2e/target/spark.classpath");
    private static final Path PROGRAM = Project.ROOT.resolve("e2e/src/test/spark/SparkQuery.java");

    /// What Spark itself opens on a recent JDK.
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");

    private Spark() {}

    /// The rows of a SQL statement, each as JSON without its null fields. A table is named by its folder:
    /// ``delta.`/path` ``.
    static List<String> query(String sql) throws IOException, InterruptedException {
        Path log = Files.createTempFile("spark", ".log");
        Process process =
                new ProcessBuilder(command(sql)).redirectError(log.toFile()).start();
        List<String> output =
                process.inputReader(StandardCharsets.UTF_8).lines().toList();
        if (process.waitFor() != 0) {
            throw new AssertionError("Spark failed on " + sql + "\n" + Files.readString(log));
        }
        Files.delete(log);
        return output.stream()
                .filter(line -> line.startsWith("row:"))
                .map(line -> line.substring("row:".length()))
                .toList();
    }

    private static List<String> command(String sql) throws IOException {
        Stream<String> opens = OPENED.stream().map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(opens.toList());
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.tryReflectionSetAccessible=true",
                "-Dstdout.encoding=UTF-8",
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Files.readString(CLASSPATH),
                PROGRAM.toString(),
                sql));
        return command;
    }
}
