package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleCommandsTest {
    private static final String GOOD = """
            {"id":"x","kind":{"type":"postgres","dsn":"postgres://u:${env:PW}@h/db","table":"t"},\
            "trigger":{"type":"interval","secs":20},"enabled":true}""";

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void applyingADefinitionCreatesThenChangesNothingThenUpdates() throws IOException {
        assertThat(apply(GOOD, "-o", "json").out()).contains("{\"id\":\"x\",\"result\":\"created\",\"version\":0}");
        assertThat(apply(GOOD, "-o", "json").out()).contains("\"unchanged\",\"version\":0");
        assertThat(apply(GOOD.replace("20", "30"), "-o", "json").out()).contains("\"updated\",\"version\":1");
        assertThat(shell.run("get", "schedules", "x", "-o", "json").out())
                .contains("\"secs\":30", "\"next_run_at\":\"", "\"run_count\":0", "postgres://u:${env:PW}@h/db");
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndChangesNothing() throws IOException {
        assertThat(apply(GOOD, "--dry-run").out()).contains("created (dry run)");
        assertThat(shell.run("get", "schedules", "-o", "json").out()).isEqualTo("[]\n");
        apply(GOOD);
        assertThat(apply(GOOD, "--dry-run").out()).contains("unchanged (dry run)");
        assertThat(apply(GOOD.replace("20", "30"), "--dry-run").out()).contains("updated (dry run)");
        assertThat(shell.run("get", "schedules", "x", "--history", "-o", "json").out())
                .hasLineCount(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"secs\":20 | \"secs\":0 | secs",
                "\"type\":\"postgres\" | \"type\":\"oracle\" | type",
                "\"enabled\" | \"enabld\" | enabled",
                "\"table\" | \"tabel\" | table",
                "\"type\":\"interval\",\"secs\":20 | \"type\":\"cron\",\"expr\":\"61 * * * *\" | expr",
                "\"id\":\"x\" | \"id\":\"a/b\" | a/b",
                "${env:PW} | c4n4ry | ${env:NAME}",
                "\"trigger\" | \"trigger | line 1"
            })
    void aBadDefinitionIsRefusedInOneLineThatNamesTheFaultAndNoSecret(String good, String bad, String named)
            throws IOException {
        Shell.Result result = apply(GOOD.replace(good, bad));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).startsWith("error[").contains("x.json", named).doesNotContain("c4n4ry");
        assertThat(result.err()).hasLineCount(1);
        assertThat(shell.run("get", "schedules", "-o", "json").out()).isEqualTo("[]\n");
    }

    @Test
    void aSecondScheduleForTheSameDatasetIsRefused() throws IOException {
        apply(GOOD);

        Shell.Result result = apply(GOOD.replace("\"id\":\"x\"", "\"id\":\"y\""));

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("error[DATASET_TAKEN]", "'x'").hasLineCount(1);
    }

    @Test
    void everyDocumentOfAFolderIsAppliedOrRefusedForItself() throws IOException {
        Path schedules = Files.createDirectory(folder.resolve("schedules"));
        Files.writeString(schedules.resolve("one.json"), GOOD);
        Files.writeString(schedules.resolve("two.yaml"), """
                id: y
                kind: {type: postgres, dsn: "postgres://u:${env:PW}@h/db", table: u}
                trigger: {type: cron, expr: "*/5 * * * *", time_zone: Europe/Berlin}
                enabled: false
                ---
                id: z
                kind: {type: postgres, dsn: "postgres://u:${env:PW}@h/db", table: v}
                trigger: {type: interval, secs: 0}
                enabled: true
                """);
        Files.writeString(schedules.resolve("notes.txt"), "no definition");

        Shell.Result result = shell.run("apply", "-f", "schedules");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("two.yaml (document 2)", "secs").hasLineCount(1);
        assertThat(result.out()).containsPattern("x +created").containsPattern("y +created");
        assertThat(shell.run("get", "schedules", "-o", "json").out())
                .contains("\"x\"", "\"y\"")
                .doesNotContain("\"z\"");
    }

    @Test
    void afileThatIsMissingAndAFolderWithoutDefinitionsAreNamed() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        assertThat(shell.run("apply", "-f", "nothing.yaml").err()).contains("nothing.yaml", "does not exist");
        assertThat(shell.run("apply", "-f", "empty").err()).contains("empty", "holds no definition");
        assertThat(shell.run("apply", "-f", "empty").exit()).isEqualTo(2);
    }

    @Test
    void aScheduleIsDisabledEnabledAndDeletedAndItsHistoryStays() throws IOException {
        apply(GOOD);

        assertThat(shell.run("disable", "x").err()).isEqualTo("schedule 'x' disabled\n");
        assertThat(shell.run("disable", "x").err()).isEqualTo("schedule 'x' was disabled already\n");
        assertThat(shell.run("get", "schedules", "x", "-o", "json").out()).contains("\"enabled\":false");
        assertThat(shell.run("enable", "x").err()).isEqualTo("schedule 'x' enabled\n");
        assertThat(shell.run("delete", "x").exit()).isZero();
        assertThat(shell.run("delete", "x").exit()).isEqualTo(2);
        assertThat(shell.run("get", "schedules", "x", "--history", "-o", "json").out())
                .contains("{\"version\":3,\"deleted\":true", "{\"version\":0,\"deleted\":false");
    }

    @ParameterizedTest
    @CsvSource({"run", "enable", "disable", "delete"})
    void anUnknownScheduleIsNamed(String command) {
        Shell.Result result = shell.run(command, "nobody");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).isEqualTo("error[UNKNOWN_ID]: schedule 'nobody' not registered\n");
    }

    @Test
    void aMalformedDocumentInTheLakeIsAWarningAndTheOthersAreListed() throws IOException {
        apply(GOOD);
        Path broken = Files.createDirectories(folder.resolve("lake/_freshet/schedules/broken"));
        Files.writeString(broken.resolve("0.json"), "{\"id\": ");

        Shell.Result result = shell.run("get", "schedules", "-o", "json");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("\"id\":\"x\"");
        assertThat(result.err()).startsWith("warning: ").contains("broken").hasLineCount(1);
    }

    private Shell.Result apply(String definition, String... more) throws IOException {
        Files.writeString(folder.resolve("x.json"), definition);
        String[] arguments = new String[more.length + 3];
        arguments[0] = "apply";
        arguments[1] = "-f";
        arguments[2] = "x.json";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return shell.run(arguments);
    }
}
