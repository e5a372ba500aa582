package dev.freshet.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTest {
    @Test
    void fiveFieldsMeanMinuteHourDayMonthWeekday() {
        assertThat(times("30 8 * * 1", "UTC", "2026-01-01T00:00:00Z", 2))
                .containsExactly("2026-01-05T08:30:00Z", "2026-01-12T08:30:00Z");
        assertThat(times("0 0 1 3 *", "UTC", "2026-01-01T00:00:00Z", 1)).containsExactly("2026-03-01T00:00:00Z");
        assertThat(times("*/20 6-7 * * *", "UTC", "2026-01-01T00:00:00Z", 4))
                .containsExactly(
                        "2026-01-01T06:00:00Z", "2026-01-01T06:20:00Z", "2026-01-01T06:40:00Z", "2026-01-01T07:00:00Z");
    }

    @Test
    void dayOfMonthAndDayOfWeekTogetherMeanEither() {
        assertThat(times("0 0 13 * 5", "UTC", "2026-02-01T00:00:00Z", 3))
                .containsExactly("2026-02-06T00:00:00Z", "2026-02-13T00:00:00Z", "2026-02-20T00:00:00Z");
        assertThat(times("0 0 4 * 7", "UTC", "2026-02-01T00:00:00Z", 2))
                .containsExactly("2026-02-04T00:00:00Z", "2026-02-08T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "@hourly, 2026-01-01T01:00:00Z",
        "@daily, 2026-01-02T00:00:00Z",
        "@midnight, 2026-01-02T00:00:00Z",
        "@weekly, 2026-01-04T00:00:00Z",
        "@monthly, 2026-02-01T00:00:00Z",
        "@yearly, 2027-01-01T00:00:00Z",
        "@annually, 2027-01-01T00:00:00Z"
    })
    void namesStandForExpressions(String name, String first) {
        assertThat(times(name, "UTC", "2026-01-01T00:00:00Z", 1)).containsExactly(first);
    }

    /// One line is: expression; zone; the due times from the given instant on.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00Z
                "30 2 * * *; Europe/Berlin; 2026-03-28T00:00:00Z; 2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
                "0,30 2 * * *; Europe/Berlin; 2026-03-28T12:00:00Z; 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z 2026-03-30T00:30:00Z",
                "0 3 * * *; Europe/Berlin; 2026-03-28T12:00:00Z; 2026-03-29T01:00:00Z 2026-03-30T01:00:00Z",
                "0 2,3 * * *; Europe/Berlin; 2026-03-28T12:00:00Z; 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z",
                "30 * * * *; Europe/Berlin; 2026-03-28T23:45:00Z; 2026-03-29T00:30:00Z 2026-03-29T01:00:00Z 2026-03-29T01:30:00Z",
                "0 * * * *; Europe/Berlin; 2026-03-28T23:45:00Z; 2026-03-29T00:00:00Z 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z",
                // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00Z
                "30 2 * * *; Europe/Berlin; 2026-10-24T12:00:00Z; 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
                "0 3 * * *; Europe/Berlin; 2026-10-24T12:00:00Z; 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z",
                "30 1-3 * * *; Europe/Berlin; 2026-10-24T12:00:00Z; 2026-10-24T23:30:00Z 2026-10-25T00:30:00Z 2026-10-25T02:30:00Z",
                "30 * * * *; Europe/Berlin; 2026-10-24T23:45:00Z; 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z 2026-10-25T02:30:00Z",
                "*/30 0-23 * * *; Europe/Berlin; 2026-10-25T00:15:00Z; 2026-10-25T00:30:00Z 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z 2026-10-25T02:00:00Z",
                // New York, 8 March 2026: 02:00 becomes 03:00 at 07:00Z; 1 November 2026: 02:00 becomes 01:00 at 06:00Z
                "15 2 * * *; America/New_York; 2026-03-07T12:00:00Z; 2026-03-08T07:00:00Z 2026-03-09T06:15:00Z",
                "15 1 * * *; America/New_York; 2026-10-31T12:00:00Z; 2026-11-01T05:15:00Z 2026-11-02T06:15:00Z",
                "15 * * * *; America/New_York; 2026-11-01T05:00:00Z; 2026-11-01T05:15:00Z 2026-11-01T06:15:00Z 2026-11-01T07:15:00Z",
                // Lord Howe moves by half an hour. 4 October 2026: 02:00 becomes 02:30 at 15:30Z the day before
                "10 2 * * *; Australia/Lord_Howe; 2026-10-03T00:00:00Z; 2026-10-03T15:30:00Z 2026-10-04T15:10:00Z",
                "40 2 * * *; Australia/Lord_Howe; 2026-10-03T00:00:00Z; 2026-10-03T15:40:00Z 2026-10-04T15:40:00Z",
                // 5 April 2026: 02:00 becomes 01:30 at 15:00Z the day before
                "45 1 * * *; Australia/Lord_Howe; 2026-04-04T00:00:00Z; 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z",
                "*/15 * * * *; Australia/Lord_Howe; 2026-04-04T14:40:00Z; 2026-04-04T14:45:00Z 2026-04-04T15:00:00Z 2026-04-04T15:15:00Z 2026-04-04T15:30:00Z"
            })
    void aClockChangeNeitherSkipsNorRepeatsADueTime(String expression, String zone, String from, String expected) {
        List<String> due = List.of(expected.strip().split(" "));
        assertThat(times(expression, zone, from, due.size())).isEqualTo(due);
    }

    @Test
    void aSearchThatBeginsInTheRepeatedHourDoesNotRunItAgain() {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", 1))
                .containsExactly("2026-10-26T01:30:00Z");
        assertThat(times("30 * * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", 1))
                .containsExactly("2026-10-25T01:30:00Z");
    }

    @Test
    void everyMinuteOfAYearIsDueExactlyOnceAndInOrder() {
        Cron cron = Cron.of("* * * * *", ZoneId.of("Europe/Berlin"));
        Instant from = Instant.parse("2026-03-28T00:00:00Z");
        Passed passed = cron.passed(from, from.plusSeconds(3 * 86_400));
        assertThat(passed.all()).isEqualTo(new DueRange(from, from.plusSeconds(3 * 86_400), 3 * 1440 + 1));
    }

    @Test
    void theSameLocalTimeIsDueOnceADayAllYearRoundWhateverTheZoneDoes() {
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")) {
            for (int hour = 0; hour < 5; hour++) {
                Cron cron = Cron.of("30 " + hour + " * * *", ZoneId.of(zone));
                Instant from = LocalDateTime.parse("2026-01-01T00:00")
                        .atZone(cron.zone())
                        .toInstant();
                Instant to = LocalDateTime.parse("2027-01-01T00:00")
                        .atZone(cron.zone())
                        .toInstant();
                Instant first = cron.after(from);
                assertThat(cron.passed(first, to).all().count())
                        .as(cron.toString())
                        .isEqualTo(365);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "* * * *; 4 fields",
                "* * * * * *; 6 fields",
                "61 * * * *; 61",
                "x * * * *; not valid",
                "@reboot; @hourly",
                "0 0 30 2 *; would never be due"
            })
    void aBadExpressionIsRefusedWithAReason(String expression, String reason) {
        assertThatThrownBy(() -> Cron.of(expression, ZoneId.of("UTC")))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DEFINITION))
                .hasMessageContaining(expression)
                .hasMessageContaining(reason);
    }

    private static List<String> times(String expression, String zone, String from, int count) {
        Cron cron = Cron.of(expression, ZoneId.of(zone));
        List<String> times = new ArrayList<>();
        Instant at = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            at = cron.after(at);
            times.add(at.toString());
        }
        return times;
    }
}
