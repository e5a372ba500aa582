package dev.freshet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;

/// Prints data on stdout as the user asked: a table for eyes, JSON and YAML with every field for programs.
final class Printer {
    private final PrintStream out;
    private final OutputFormat format;

    Printer(PrintStream out, OutputFormat format) {
        this.out = out;
        this.format = format;
    }

    void print(Listing listing) {
        switch (format) {
            case TABLE -> new TextTable(listing).print(out);
            case JSON -> json(listing.rows().iterator());
            case YAML -> yaml(listing.rows().iterator());
        }
        out.flush();
    }

    /// One array, one object a line: for jq and for grep.
    private void json(Iterator<ObjectNode> rows) {
        out.print("[");
        while (rows.hasNext()) out.print("\n" + rows.next() + (rows.hasNext() ? "," : "\n"));
        out.println("]");
    }

    /// A list, item by item.
    private void yaml(Iterator<ObjectNode> rows) {
        YAMLFactory style = YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .build();
        YAMLMapper items = new YAMLMapper(style);
        if (!rows.hasNext()) out.println("[]");
        rows.forEachRemaining(row -> out.print(item(items, row)));
    }

    private static String item(YAMLMapper items, ObjectNode row) {
        try {
            return items.writeValueAsString(List.of(row));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
