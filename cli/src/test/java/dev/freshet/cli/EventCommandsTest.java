package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EventCommandsTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void whatIsRecordedIsShownAndCanBeQueried() throws IOException {
        assertThat(shell.run("record", "deploys", "released", "{\"version\":\"1.4\"}")
                        .exit())
                .isZero();
        assertThat(shell.run("record", "deploys", "it's broken", "--durable").exit())
                .isZero();
        assertThat(shell.answering("[1, 2]")
                        .run("record", "deploys", "piped", "-")
                        .exit())
                .isZero();

        assertThat(shell.run("events", "deploys", "-o", "json").out())
                .contains("\"type\":\"released\"", "\"payload\":\"{\\\"version\\\":\\\"1.4\\\"}\"", "[1, 2]")
                .doesNotContain("timestamp_nanos");
        assertThat(shell.run("events", "deploys", "--type", "it's broken", "--since", "1h")
                        .out())
                .startsWith("timestamp")
                .contains("it's broken")
                .doesNotContain("released");
        assertThat(shell.run("query", "select count(*) as n from events.deploys", "-o", "json")
                        .out())
                .contains("{\"n\":3}");
        try (Stream<Path> files = Files.walk(folder.resolve("spill"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void whatIsOutOfOrderIsRefusedAndChangesNothing() {
        Shell.Result result = shell.run("record", "deploys", "released", "{version");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err())
                .contains("error[BAD_USAGE]: the event of type 'released' is not recorded: its payload is not JSON");
        assertThat(folder.resolve("lake")).doesNotExist();
        assertThat(shell.run("events", "deploys").exit()).isEqualTo(2);
        assertThat(shell.run("events", "deploys").err()).contains("there is no table 'events.deploys'");
    }

    @Test
    void whoChangesTheConfigurationIsRecordedAndWhatChangesNothingIsNot() throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), """
                {"id":"x","kind":{"type":"postgres","dsn":"postgres://u:${env:PW}@h/db","table":"t"},\
                "trigger":{"type":"interval","secs":20},"enabled":true}""");
        shell.with("USER", "ann");
        for (int i = 0; i < 2; i++) {
            assertThat(shell.run("apply", "-f", file.toString()).exit()).isZero();
        }
        shell.run("disable", "x");
        shell.run("tasks", "resume", "t");
        shell.run("delete", "x");
        shell.run("delete", "x");

        assertThat(payloads("configuration.changed"))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .contains("\"change\":\"created\",\"id\":\"x\",\"version\":0,\"by\":\"ann@"),
                        second -> assertThat(second).contains("\"change\":\"disabled\"", "\"version\":1"),
                        third -> assertThat(third).contains("\"change\":\"resumed\"", "\"id\":\"ingest:t\""),
                        fourth -> assertThat(fourth).contains("\"change\":\"deleted\""));
    }

    private List<String> payloads(String type) {
        return shell.run("events", "--type", type, "-o", "json")
                .out()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> line.replace("\\\"", "\""))
                .toList();
    }

    @Test
    void whoRecordsNothingTouchesNeitherLakeNorSpillAndOwnLifeCanBeTurnedOff() throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), """
                {"id":"x","kind":{"type":"postgres","dsn":"postgres://u:${env:PW}@h/db","table":"t"},\
                "trigger":{"type":"interval","secs":20},"enabled":true}""");
        shell.run("get", "schedules");
        shell.run("apply", "-f", file.toString(), "--set", "events.own_life=false");

        assertThat(folder.resolve("spill")).doesNotExist();
        assertThat(folder.resolve("lake/events")).doesNotExist();
    }

    @Test
    void eventsAreFollowedAsTheyComeUntilTheCommandIsStopped() throws InterruptedException {
        shell.run("record", "deploys", "before");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thread follower = shell.start(out, "events", "deploys", "--follow", "--type", "after", "-o", "json");
        while (out.size() == 0) {
            shell.run("record", "deploys", "after", "[1]", "--durable");
            shell.run("record", "deploys", "other", "--durable");
        }
        follower.interrupt();
        follower.join();

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .startsWith("{\"timestamp\":\"")
                        .endsWith("\"type\":\"after\",\"payload\":\"[1]\"}"));
    }

    @Test
    void theDoctorCountsTheDeadLettersAndSaysWhereTheyAre() {
        assertThat(shell.run("doctor").out()).doesNotContain("dead_letters");
        shell.run("record", "dead_letters", "poison");

        assertThat(shell.run("doctor", "-o", "json").out())
                .contains("1 events could not be stored where they belong", "'freshet events dead_letters'");
    }

    @Test
    void aLakeInWhichNothingHappenedYetHasNoEvents() {
        Shell.Result result = shell.run("events", "-o", "json");

        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("[]\n");
        assertThat(result.err()).contains("nothing was recorded in this lake yet");
    }

    @Test
    void aTimeThatIsNoneIsSaid() {
        assertThat(shell.run("events", "--since", "yesterday").err())
                .contains("--since: 'yesterday' is no time; write 30m, 12h or 7d");
    }

    @Test
    void theTimeToLiveOfATableIsASetting() {
        shell.run("record", "deploys", "released", "--set", "events.time_to_live=12h");

        assertThat(folder.resolve("lake/events/deploys/_delta_log/00000000000000000000.json"))
                .content()
                .contains("\"freshet.time_to_live\":\"12h\"");
        assertThat(shell.run("record", "deploys", "released", "--set", "events.time_to_live=long")
                        .err())
                .contains("'long' is no time to live; write 90d, 12h, 30m or forever");
    }
}
