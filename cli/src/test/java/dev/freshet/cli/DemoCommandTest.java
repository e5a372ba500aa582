package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.demo.ShopDatabase;
import dev.freshet.host.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    Path folder;

    @Test
    void everyRoundMakesEachDatasetEqualToTheChangedSource() throws IOException {
        Shell shell = new Shell(folder);

        Map<String, Long> first = rows(shell.run("demo", "--once", "-o", "json"));
        assertThat(first).hasSizeGreaterThanOrEqualTo(5).isEqualTo(source());
        assertThat(first.values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(200_000);

        Map<String, Long> second = rows(shell.run("demo", "--once", "-o", "json"));
        assertThat(second).isEqualTo(source()).isNotEqualTo(first);
        assertNoPasswordInTheLake();
    }

    @Test
    void aFolderThatHoldsSomethingElseIsLeftAlone() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("lake")).resolve("mine.txt");
        Files.writeString(mine, "precious");
        Shell shell = new Shell(folder);

        assertThat(shell.run("demo", "--once").exit()).isEqualTo(2);
        assertThat(shell.run("demo", "--once", "--reset").err()).contains("--reset leaves it alone");
        assertThat(mine).hasContent("precious");
    }

    @Test
    void aResetRefusesALakeThatHoldsMoreThanTheDemoMade() throws IOException {
        Files.createDirectories(folder.resolve("lake/_demo"));
        Path mine = Files.createDirectories(folder.resolve("lake/datasets/mine"));

        Shell.Result result = new Shell(folder).run("demo", "--reset", "--once");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("datasets/mine").hasLineCount(1);
        assertThat(mine).exists();
    }

    private Map<String, Long> source() {
        try (ShopDatabase shop = ShopDatabase.open(folder.resolve("lake/_demo"), Host.system(), _ -> {})) {
            return shop.tables().stream().collect(Collectors.toMap(table -> table, shop::rows));
        }
    }

    private static Map<String, Long> rows(Shell.Result result) throws IOException {
        assertThat(result.exit()).as(result.err()).isZero();
        Map<String, Long> rows = new TreeMap<>();
        for (JsonNode row : new ObjectMapper().readTree(result.out())) {
            assertThat(row.path("outcome").asText()).isEqualTo("succeeded");
            rows.put(row.path("dataset").asText(), row.path("rows").asLong());
        }
        return rows;
    }

    private void assertNoPasswordInTheLake() throws IOException {
        Path lake = folder.resolve("lake");
        String password = Files.readString(lake.resolve("_demo/password"));
        try (Stream<Path> files = Files.walk(lake)) {
            assertThat(files.filter(file -> !file.startsWith(lake.resolve("_demo")))
                            .filter(Files::isRegularFile)
                            .filter(file -> holds(file, password)))
                    .isEmpty();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
