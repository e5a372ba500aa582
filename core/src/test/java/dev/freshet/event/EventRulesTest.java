package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong with an event is said when it is recorded.
class EventRulesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final Column N = new Column("n", ColumnType.LONG, true);

    @Test
    void zeroExtraRowsAreRefused() {
        refused(Event.of("a").rows(List.of(N), List.of()), "it has 0 rows; at least one");
    }

    @Test
    void aRowOfTheWrongArityIsRefused() {
        refused(
                Event.of("a").rows(List.of(N), List.of(List.of(1L), List.of(1L, 2L))),
                "one of its rows has 2 values for 1 extra columns (n long)");
        refused(Event.of("a").rows(List.of(N), List.of(List.of())), "one of its rows has 0 values");
    }

    @Test
    void aValueOfAnotherTypeThanItsColumnIsRefused() {
        refused(Event.of("a").with("n", ColumnType.LONG, "one"), "a value of column 'n' is not a long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1st", "a-b", "a/b", "..", "täble", "a b"})
    void aTableIsAPlainName(String table) {
        refused(Event.of("a").in(table), "its table is named '" + table + "'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            {"a":          ; Unexpected end-of-input
            {"a":1} {}     ; more follows after its first value
            ``             ; it is empty
            'a'            ; Unexpected character
            NaN            ; non-standard token
            """)
    void aPayloadIsJson(String payload, String fault) {
        assertThatThrownBy(() -> Entry.freeze(Event.of("a").payload(payload), NOW))
                .hasMessageContaining("its payload is not JSON")
                .hasMessageContaining(fault.strip().equals("non-standard token") ? "NaN" : fault.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1,{\"a\":[]}]", "\"text\"", "1.5", "null", " true "})
    void anyJsonWillDo(String payload) {
        assertThat(Entry.freeze(Event.of("a").payload(payload), NOW).payload()).isEqualTo(payload);
    }

    @Test
    void typesAndTimesHaveTheirLimits() {
        refused(Event.of(" "), "its type is blank");
        refused(Event.of("x".repeat(257)), "longer than 256 characters");
        refused(Event.of("a").at(Instant.parse("2300-01-01T00:00:00Z")), "its timestamp 2300-01-01T00:00:00Z is not");
    }

    @Test
    void extraColumnsMustFitATableOfEvents() {
        refused(Event.of("a").with("Payload", ColumnType.STRING, ""), "every event has a column 'Payload'");
        refused(Event.of("a").with("a b", ColumnType.STRING, ""), "column 'a b' has a space in its name");
        refused(
                Event.of("a").with("n", ColumnType.LONG, 1L).with("N", ColumnType.LONG, 2L),
                "two columns are named 'N'");
        refused(
                Event.of("a").with("l", new ColumnType.Array(ColumnType.LONG), List.of(1L)),
                "the extra column 'l' is an array");
    }

    @Test
    void anEventHasAMegabyteAtMost() {
        refused(Event.of("a").payload("\"" + "x".repeat(EventRules.MOST_BYTES) + "\""), "bytes; at most 1048576");
    }

    @Test
    void anEntryComesBackFromItsBytes() throws Exception {
        List<Column> columns = List.of(
                new Column("b", ColumnType.BOOLEAN, true),
                new Column("i", ColumnType.INT, true),
                new Column("l", ColumnType.LONG, true),
                new Column("d", ColumnType.DOUBLE, true),
                new Column("s", ColumnType.STRING, true),
                new Column("day", ColumnType.DATE, true),
                new Column("at", ColumnType.TIMESTAMP, true),
                new Column("local", ColumnType.TIMESTAMP_NTZ, true),
                new Column("price", new ColumnType.Decimal(20, 2), true));
        columns = columns.stream()
                .map(column -> new Column("x_" + column.name(), column.type(), true))
                .toList();
        List<List<Object>> rows = List.of(
                List.of(
                        true,
                        7,
                        8L,
                        1.5,
                        "ü",
                        LocalDate.parse("2026-02-03"),
                        NOW,
                        LocalDateTime.parse("2026-02-03T04:05:06"),
                        new BigDecimal("-12.30")),
                Collections.unmodifiableList(Arrays.asList(new Object[9])));
        Entry entry = Entry.freeze(Event.of("a").payload("{}").rows(columns, List.copyOf(rows)), NOW);
        assertThat(EntryBytes.read("events", EntryBytes.write(entry))).isEqualTo(entry);
    }

    @ParameterizedTest
    @CsvSource({"90d,90d", "12h,12h", "24h,1d", "90m,90m", "45s,45s", "2w,14d", "forever,forever"})
    void aTimeToLiveIsWrittenAsPeopleDo(String text, String shown) {
        assertThat(TimeToLive.parse(text).text()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "d", "90", "90 d", "-1d", "0d", "P90D"})
    void anythingElseIsNoTimeToLive(String text) {
        assertThatThrownBy(() -> TimeToLive.parse(text)).isInstanceOf(FreshetException.class);
    }

    private static void refused(Event event, String why) {
        assertThatThrownBy(() -> Entry.freeze(event, NOW))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("the event of type '" + event.type() + "' is not recorded")
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(((FreshetException) e).code()).isEqualTo(ErrorCode.BAD_USAGE));
    }
}
