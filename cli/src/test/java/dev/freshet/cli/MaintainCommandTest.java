package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MaintainCommandTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void sixEventsInAFileEach() {
        shell = new Shell(folder);
        for (int i = 0; i < 6; i++) {
            assertThat(shell.run("record", "deploys", "released", "{\"n\":" + i + "}", "--durable")
                            .exit())
                    .isZero();
        }
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndDoesNothing() {
        Shell.Result result = shell.run("maintain", "deploys", "--dry-run");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .containsPattern("TABLE +FILES +AFTER +BYTES +EXPIRED +JOINED +VERSIONS CLEANED +DELETED")
                .containsPattern("events\\.deploys +6 +1 ");
        assertThat(shell.run("maintain", "events.deploys", "--dry-run", "-o", "json")
                        .out())
                .contains("{\"table\":\"events.deploys\",\"version\":", "\"files\":6,", "\"files_after\":1,")
                .contains("\"joined_files\":6", "\"joined_into\":1", "\"deleted_files\":0", "\"refusal\":null");
    }

    @Test
    void aRunDoesItAndTheRowsStay() {
        assertThat(shell.run("maintain", "events.deploys", "-o", "json").out())
                .contains("\"joined_files\":6", "\"joined_into\":1");
        assertThat(shell.run("maintain", "events.deploys", "-o", "json").out())
                .contains("\"files\":1,", "\"joined_files\":0");
        assertThat(shell.run("query", "select count(*) as n from events.deploys", "-o", "json")
                        .out())
                .contains("{\"n\":6}");
        assertThat(shell.run("get", "runs", "-o", "json").out()).contains("\"task\":\"maintain:events.deploys\"");
    }

    @Test
    void withoutATableAllAreMaintained() {
        assertThat(shell.run("record", "visits", "came", "--durable").exit()).isZero();
        assertThat(shell.run("maintain", "-o", "json").out())
                .contains("\"table\":\"events.deploys\"", "\"table\":\"events.visits\"");
    }

    @Test
    void aTableThatIsNotThereIsNamed() {
        Shell.Result result = shell.run("maintain", "orders");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains("there is no table 'orders' to maintain; there are events.deploys");
        assertThat(shell.run("maintain", "orders", "--lake", "empty").err())
                .contains("there is no table 'orders' to maintain; the lake has no tables yet");
    }
}
