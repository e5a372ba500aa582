package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final String DSN = "mysql://reader:c4n4ry@db/shop";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void anEventIsOneLineWithTimeLevelAndFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task", "ingest:orders");
        fields.put("error", "it \"broke\"\nbadly");
        log(Log.Format.TEXT).event(Log.Level.ERROR, "run failed", fields);

        assertThat(text())
                .isEqualTo("2026-01-02T03:04:05.006Z ERROR run failed task=ingest:orders error=\"it 'broke' badly\"\n");
    }

    @Test
    void anEventAsJsonKeepsNumbers() {
        log(Log.Format.JSON).event(Log.Level.INFO, "run succeeded", Map.of("rows", 5L));

        assertThat(text())
                .isEqualTo(
                        "{\"at\":\"2026-01-02T03:04:05.006Z\",\"level\":\"info\",\"message\":\"run succeeded\",\"rows\":5}\n");
    }

    @Test
    void noLineOfEitherFormatHoldsAPassword() {
        for (Log.Format format : Log.Format.values()) {
            Log log = log(format);
            log.say("connecting to " + DSN);
            log.warn("cannot reach " + DSN);
            log.error("SOURCE_FAILED", DSN + " password=c4n4ry");
            log.event(Log.Level.INFO, DSN, Map.of("dsn", DSN));
            new Complaint(log, true).about(new FreshetException(ErrorCode.SOURCE_FAILED, DSN, new IOException(DSN)));
            new Complaint(log, true).about(new IllegalStateException(DSN, new IOException(DSN)));
        }
        assertThat(text()).contains("reader:***@db").doesNotContain("c4n4ry");
    }

    @Test
    void causesAreToldOnlyWhenAskedFor() {
        FreshetException failure =
                new FreshetException(ErrorCode.LAKE_UNREACHABLE, "the lake is gone", new IOException("No such device"));

        assertThat(new Complaint(log(Log.Format.TEXT), false).about(failure)).isEqualTo(3);
        assertThat(text()).isEqualTo("error[LAKE_UNREACHABLE]: the lake is gone\n");
        new Complaint(log(Log.Format.TEXT), true).about(failure);
        assertThat(text()).contains("  caused by IOException: No such device").doesNotContain("\tat ");
    }

    @Test
    void aFaultOfOurOwnIsOneLineThatSaysHowToSeeTheTrace() {
        assertThat(new Complaint(log(Log.Format.TEXT), false).about(new IllegalStateException("odd")))
                .isEqualTo(1);
        assertThat(text())
                .startsWith("error[INTERNAL]: IllegalStateException: odd")
                .contains("-v")
                .hasLineCount(1);
    }

    @Test
    void everyErrorCodeHasTheExitCodeOfItsKind() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(ExitCode.of(code))
                    .isEqualTo(
                            switch (code.kind()) {
                                case WORK -> 1;
                                case USAGE -> 2;
                                case UNREACHABLE -> 3;
                                case HELD -> 4;
                            });
        }
    }

    private Log log(Log.Format format) {
        PrintStream err = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Console console = new Console(InputStream.nullInputStream(), System.out, err, Map.of(), Path.of(""), false);
        return new Log(console, format, () -> Instant.parse("2026-01-02T03:04:05.006Z"));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
