package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventCommandsTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder)
                .with("FRESHET_EVENTS_SPILL_FOLDER", folder.resolve("spill").toString());
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
