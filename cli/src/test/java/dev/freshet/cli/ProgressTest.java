package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void theRateIsShownAndWithAnEstimateTheBarAndTheTimeLeft() {
        assertThat(Progress.text(30_000, 4_000_000, 3, 0)).isEqualTo("30,000 rows  4.0 MB  10,000 rows/s");
        assertThat(Progress.text(30_000, 4_000_000, 3, 120_000))
                .isEqualTo("[######..................] 25%  30,000 rows  4.0 MB  10,000 rows/s  about 9 s left");
    }

    @Test
    void anEstimateThatWasTooLowNeverReachesTheEnd() {
        assertThat(Progress.text(300, 1, 1, 200))
                .startsWith("[#######################.] 99%")
                .doesNotContain("left");
    }

    @Test
    void onATerminalAMessageIsPrintedAboveTheStatusLine() {
        Console console = console(true);
        console.status("half done");
        console.line("a message");
        console.status("");

        assertThat(text()).isEqualTo("\r\u001b[Khalf done\r\u001b[Ka message\nhalf done\r\u001b[K");
    }

    @Test
    void elsewhereThereIsNoStatusLineAtAll() {
        Console console = console(false);
        console.status("half done");
        console.line("a message");

        assertThat(text()).isEqualTo("a message\n");
    }

    private Console console(boolean terminal) {
        return new Console(
                InputStream.nullInputStream(),
                System.out,
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                Map.of(),
                Path.of(""),
                terminal);
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
