package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void withoutACommandTheHelpListsAllOfThem() {
        Shell.Result result = shell.run();

        assertThat(result.exit()).isZero();
        assertThat(result.out())
                .contains("demo", "serve", "ingest", "apply", "get", "run", "tasks", "enable", "disable", "delete")
                .contains("schema", "query", "events", "record", "doctor", "completion", "Exit codes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "serve",
                "ingest",
                "apply",
                "get",
                "run",
                "tasks",
                "rollup",
                "migrate",
                "maintain",
                "schema",
                "query",
                "events",
                "record",
                "doctor",
                "completion"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        Shell.Result result = shell.run(command, "--help");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("Usage: freshet " + command, "Example", "freshet " + command, "--lake");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void theVersionNamesFreshetAndItsJava() {
        assertThat(shell.run("--version").out()).matches("freshet \\d+\\.\\d+\\.\\d+\\S* \\(Java \\d+.*\\)\\s*");
    }

    @Test
    void aMisspeltOptionIsRefusedWithTheNearestOne() {
        Shell.Result result = shell.run("get", "runs", "--limitt", "3");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("error[BAD_USAGE]: Unknown option: '--limitt'", "did you mean '--limit'?");
        assertThat(result.err()).contains("see: freshet get --help").hasLineCount(2);
    }

    @Test
    void aMisspeltCommandIsRefusedWithTheNearestOne() {
        Shell.Result result = shell.run("gett");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("did you mean 'get'?").hasLineCount(2);
    }

    @Test
    void aWordOutOfAFewIsRefusedWithAllOfThem() {
        Shell.Result result = shell.run("get", "tables");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("there is no 'tables'; choose schedules, datasets, rollups, tasks, runs");
    }

    @Test
    void aMissingArgumentIsNamed() {
        Shell.Result result = shell.run("ingest", "--table", "t");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("--from");
    }

    @Test
    void anUnknownSettingIsRefused() {
        Shell.Result result = shell.run("get", "tasks", "--set", "tick=3");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .contains("error[BAD_USAGE]", "there is no setting 'tick'")
                .hasLineCount(1);
    }

    @Test
    void globalOptionsStandBeforeOrAfterTheCommand() {
        assertThat(shell.run("-o", "json", "--lake", "a", "get", "schedules").out())
                .isEqualTo("[]\n");
        assertThat(shell.run("get", "schedules", "--lake", "a", "-o", "JSON").out())
                .isEqualTo("[]\n");
    }

    @Test
    void theLakeComesFromTheOptionElseTheEnvironmentElseTheWorkingFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no lake");

        assertThat(shell.run("doctor", "--lake", file.toString()).err()).contains(file.toString());
        assertThat(shell.run("doctor").out()).contains(folder.resolve("lake").toString());
        assertThat(shell.with("FRESHET_LAKE", "other").run("doctor").out())
                .contains(folder.resolve("other").toString());
    }

    @Test
    void aLakeThatIsAFileIsUnreachable() throws IOException {
        Files.writeString(folder.resolve("lake"), "no lake");

        Shell.Result result = shell.run("get", "schedules");

        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).startsWith("error[LAKE_UNREACHABLE]: ").hasLineCount(1);
    }

    @Test
    void aLakeWhereNothingHappenedHasNoTasksAndNoRuns() {
        assertThat(shell.run("query", "select count(*) as n from freshet.runs", "-o", "json")
                        .out())
                .isEqualTo("[\n{\"n\":0}\n]\n");
        assertThat(shell.run("query", "select count(*) as n from freshet.tasks", "-o", "json")
                        .out())
                .isEqualTo("[\n{\"n\":0}\n]\n");
    }

    @Test
    void completionScriptsKnowCommandsAndOptions() {
        assertThat(shell.run("completion", "bash").out())
                .contains("complete", "doctor", "--max-running", "--on-misfit");
        assertThat(shell.run("completion", "zsh").out()).startsWith("autoload").contains("compinit", "--dry-run");
        assertThat(shell.run("completion", "fish").exit()).isEqualTo(2);
    }

    @Test
    void messagesAreObjectsWhenAskedFor() {
        Shell.Result result = shell.run("--log", "json", "run", "nobody");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .matches("\\{\"at\":\"[^\"]+Z\",\"level\":\"error\",\"message\":\"schedule 'nobody' not registered\","
                        + "\"code\":\"UNKNOWN_ID\"}\\s");
    }
}
