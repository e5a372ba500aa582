package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrinterTest {
    private static final Cell[] CELLS = {
        Cell.text("name"), Cell.number("rows"), Cell.bytes("bytes"), Cell.time("finished_at"), Cell.text("OF", "of/it")
    };

    @Test
    void aTableAlignsItsColumnsAndShowsADashForNothing() {
        assertThat(printed(OutputFormat.TABLE, row("orders", 50_000L, 1_234_567L), row("Größe", null, 12L)))
                .isEqualTo("""
                        NAME     ROWS   BYTES  FINISHED AT           OF
                        orders  50000  1.2 MB  2026-01-02T03:04:05Z  a
                        Größe       -    12 B  2026-01-02T03:04:05Z  a
                        """);
    }

    @Test
    void anEmptyTableHasItsTitles() {
        assertThat(printed(OutputFormat.TABLE)).isEqualTo("NAME  ROWS  BYTES  FINISHED AT  OF\n");
    }

    @Test
    void jsonIsOneArrayWithAllFieldsAndOneObjectALine() throws Exception {
        String json = printed(OutputFormat.JSON, row("a", 1L, 2L), row("b", null, 4L));

        assertThat(json).hasLineCount(4);
        assertThat(new ObjectMapper().readTree(json).toString())
                .isEqualTo("[" + row("a", 1L, 2L) + "," + row("b", null, 4L) + "]");
        assertThat(printed(OutputFormat.JSON)).isEqualTo("[]\n");
    }

    @Test
    void yamlHoldsTheSameAsJson() throws Exception {
        String yaml = printed(OutputFormat.YAML, row("on", 1L, 2L), row("007", null, 4L));

        assertThat(new YAMLMapper().readTree(yaml).toString())
                .isEqualTo(List.of(row("on", 1L, 2L), row("007", null, 4L))
                        .toString()
                        .replace(", {", ",{"));
        assertThat(printed(OutputFormat.YAML)).isEqualTo("[]\n");
    }

    @Test
    void aValueOfSeveralLinesStaysInItsRow() {
        assertThat(printed(OutputFormat.TABLE, row("a\nb", 1L, 2L))).hasLineCount(2);
    }

    private static ObjectNode row(String name, Long rows, long bytes) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("rows", rows)
                .put("bytes", bytes);
        row.put("finished_at", "2026-01-02T03:04:05.678901Z").putObject("of").put("it", "a");
        return row;
    }

    private static String printed(OutputFormat format, ObjectNode... rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Printer(new PrintStream(bytes, true, StandardCharsets.UTF_8), format)
                .print(Listing.of(List.of(rows), CELLS));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
