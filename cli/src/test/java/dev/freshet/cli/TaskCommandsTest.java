package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.control.ControlTable;
import dev.freshet.control.Lease;
import dev.freshet.control.LeaseOutcome.Granted;
import dev.freshet.control.Pod;
import dev.freshet.control.ReleaseOutcome;
import dev.freshet.control.RenewOutcome;
import dev.freshet.host.Host;
import dev.freshet.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCommandsTest {
    private static final Duration LEASE = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private Shell shell;
    private ControlTable other;

    @BeforeEach
    void open() throws IOException {
        shell = new Shell(folder).with("USER", "ann");
        other = new ControlTable(
                LocalStore.open(folder.resolve("lake")), Host.system(), Pod.named("other", Host.system()));
        Files.writeString(folder.resolve("x.json"), """
                {"id":"daily","kind":{"type":"postgres","dsn":"postgres://u:${env:PW}@h/db","table":"orders"},\
                "trigger":{"type":"interval","secs":3600},"enabled":true}""");
        assertThat(shell.run("apply", "-f", "x.json").exit()).isZero();
    }

    @Test
    void getTasksShowsWhoHoldsWhatAndTheAgeOfItsHeartbeat() {
        assertThat(tasks()).containsPattern("ingest:orders +idle +- +- +- +- +0 +20\\S+Z +0 +- +-");

        other.renew(held());

        assertThat(tasks()).containsPattern("TASK +STATUS +HOLDER +SINCE +HEARTBEAT +FENCE +ATTEMPT +NEXT RUN +MISSED");
        assertThat(tasks())
                .containsPattern("ingest:orders +processing +other +20\\S+Z +\\d+ s +\\[0,\\d+\\] +1 +- +0 +- +-");
        assertThat(json())
                .contains("\"holder\":{\"pod_id\":\"other\",\"instance_id\":\""
                        + other.pod().instanceId())
                .contains("\"heartbeat_age\":{\"secs\":", "\"at_least\":false", "\"heartbeat\":1,");
    }

    @Test
    void oneTaskIsShownInDetailByItsNameOrItsDatasets() {
        held();

        for (String name : new String[] {"ingest:orders", "orders"}) {
            assertThat(shell.run("get", "tasks", name).out())
                    .containsPattern("task +ingest:orders\n")
                    .containsPattern("holder +other\n")
                    .containsPattern("instance +" + other.pod().instanceId() + "\n")
                    .containsPattern("last heartbeat, ago +\\d+ s\n")
                    .containsPattern("due time in progress +20\\S+Z\n")
                    .containsPattern("schedule +daily\n")
                    .containsPattern("due times missed +0\n");
        }
        assertThat(shell.run("get", "tasks", "orders", "-o", "json").out())
                .contains("\"task_name\":\"ingest:orders\"", "\"state\":\"processing\"")
                .hasLineCount(3);
    }

    @Test
    void anEarlierVersionAndAnEarlierTimeAreShownAsTheyWere() {
        Lease lease = held();
        String claim = String.valueOf(lease.fence().version());
        assertThat(other.release(lease, LEASE)).isInstanceOf(ReleaseOutcome.Released.class);

        assertThat(shell.run("get", "tasks", "--as-of", claim).out())
                .containsPattern("ingest:orders +processing +other +20\\S+Z +- +\\[0,\\d+\\] +1");
        assertThat(shell.run("get", "tasks", "orders", "--as-of", claim).out()).containsPattern("holder +other\n");
        assertThat(shell.run("get", "tasks", "--as-of", "2999-01-01").out()).containsPattern("ingest:orders +idle");
    }

    @Test
    void whatTheHistoryDoesNotHoldIsAClearError() {
        held();

        for (String gone : new String[] {"99999", "2020-01-01", "2020-01-01 12:00:00+01:00"}) {
            Shell.Result result = shell.run("get", "tasks", "--as-of", gone);
            assertThat(result.exit()).as(result.err()).isEqualTo(2);
            assertThat(result.err()).startsWith("error[UNKNOWN_ID]: ").hasLineCount(1);
        }
        assertThat(shell.run("get", "tasks", "--as-of", "yesterday").err())
                .startsWith("error[BAD_USAGE]: ")
                .contains("'yesterday' is neither a version such as 42 nor a time such as 2026-01-31T12:00:00Z");
        assertThat(shell.run("get", "runs", "--as-of", "1").err()).contains("error[BAD_USAGE]: --as-of is for tasks");
    }

    @Test
    void aReleaseWithoutForceSaysWhoHoldsTheTaskAndChangesNothing() {
        Lease lease = held();

        Shell.Result result = shell.run("tasks", "release", "ingest:orders");

        assertThat(result.exit()).isEqualTo(4);
        assertThat(result.err())
                .startsWith("error[LEASE_HELD]: ingest:orders is held by pod other (instance "
                        + other.pod().instanceId() + ") since 20")
                .contains("--force would take it away")
                .hasLineCount(1);
        assertThat(other.row("ingest:orders")).contains(lease.row());
    }

    @Test
    void aForcedReleaseTakesTheTaskAndRecordsWhoDidIt() {
        Lease lease = held();

        Shell.Result result = shell.run("tasks", "release", "orders", "--force");

        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.err()).isEqualTo("ingest:orders is released from pod other: its run lost\n");
        assertThat(result.out()).containsPattern("ingest:orders +lost");
        assertThat(other.renew(lease)).isInstanceOf(RenewOutcome.LeaseLost.class);
        assertThat(shell.run("get", "runs", "-o", "json").out())
                .containsPattern("\"outcome\":\"lost\",\"reason\":\"released by ann@[^\"]+\"")
                .contains("\"pod_id\":\"other\"", "while pod other held it");
        assertThat(tasks()).containsPattern("ingest:orders +idle .* lost +ingest:orders: released by ann@");
    }

    @Test
    void onATerminalAForcedReleaseAsksFirst() {
        Lease lease = held();

        Shell.Result no = shell.answering("n\n").run("tasks", "release", "orders", "--force");

        assertThat(no.exit()).isEqualTo(1);
        assertThat(no.err()).contains("is held by pod other", "[y/N]", "ingest:orders is left alone\n");
        assertThat(other.row("ingest:orders")).contains(lease.row());
        assertThat(shell.answering("")
                        .run("tasks", "release", "orders", "--force")
                        .exit())
                .isEqualTo(1);
        assertThat(shell.answering("Yes\n")
                        .run("tasks", "release", "orders", "--force")
                        .exit())
                .isZero();
        assertThat(other.row("ingest:orders").orElseThrow().isProcessing()).isFalse();
    }

    @Test
    void withYesNobodyIsAsked() {
        held();

        Shell.Result result = shell.answering("").run("tasks", "release", "orders", "--force", "--yes");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).doesNotContain("[y/N]");
    }

    @Test
    void whatNobodyHoldsNeedsNoRelease() {
        Shell.Result result = shell.run("tasks", "release", "orders", "--force");

        assertThat(result.exit()).isZero();
        assertThat(result.err()).isEqualTo("ingest:orders is held by nobody\n");
    }

    @Test
    void aTaskIsPausedAndResumedThroughItsSchedule() {
        assertThat(shell.run("tasks", "pause", "orders").err())
                .isEqualTo("ingest:orders paused: schedule 'daily' is disabled\n");
        assertThat(shell.run("tasks", "pause", "orders").err()).contains("was paused already");
        assertThat(tasks()).containsPattern("ingest:orders +paused");
        assertThat(json()).contains("\"paused\":true");
        assertThat(shell.run("get", "schedules", "daily", "-o", "json").out()).contains("\"enabled\":false");
        assertThat(shell.run("tasks", "resume", "ingest:orders").err())
                .isEqualTo("ingest:orders resumed: schedule 'daily' is enabled\n");
        assertThat(shell.run("tasks", "resume", "ingest:orders").err()).contains("was not paused");
        assertThat(tasks()).containsPattern("ingest:orders +idle");
    }

    @Test
    void aRunningTaskThatIsPausedGoesOn() {
        Lease lease = held();

        assertThat(shell.run("tasks", "pause", "orders").err()).contains("; the run on pod other goes on");

        assertThat(other.renew(lease)).isInstanceOf(RenewOutcome.Renewed.class);
        assertThat(shell.run("get", "tasks", "orders").out())
                .containsPattern("status +processing\n")
                .containsPattern("paused +true\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume"})
    void aTaskWithoutAScheduleCannotBePaused(String command) {
        other.request("ingest:alone");

        Shell.Result result = shell.run("tasks", command, "alone");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("error[BAD_USAGE]: ingest:alone belongs to no schedule")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"release", "pause", "resume"})
    void anUnknownTaskIsNamed(String command) {
        Shell.Result result = shell.run("tasks", command, "nobody");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .isEqualTo("error[UNKNOWN_ID]: there is no task 'nobody'; a task is named like ingest:orders\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"release", "pause", "resume"})
    void everyCommandHasHelpWithAnExample(String command) {
        assertThat(shell.run("tasks", command, "--help").out())
                .contains("Usage: freshet tasks " + command, "Example", "freshet tasks " + command, "--lake");
        assertThat(shell.run("tasks").out()).contains(command);
        assertThat(shell.run("completion", "bash").out()).contains("_picocli_freshet_tasks_" + command, "--force");
    }

    private Lease held() {
        return ((Granted) other.tryClaim("ingest:orders", LEASE)).lease();
    }

    private String tasks() {
        return shell.run("get", "tasks").out();
    }

    private String json() {
        return shell.run("get", "tasks", "-o", "json").out();
    }
}
