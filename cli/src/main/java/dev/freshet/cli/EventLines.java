package dev.freshet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.RecordedEvent;
import java.io.PrintStream;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Events as they come, a line each: text for eyes, an object for programs.
final class EventLines {
    private static final ObjectMapper VALUES = new ObjectMapper();

    private final PrintStream out;
    private final boolean forPrograms;

    EventLines(PrintStream out, boolean forPrograms) {
        this.out = out;
        this.forPrograms = forPrograms;
    }

    void print(RecordedEvent event) {
        out.println(forPrograms ? shape(event).toString() : line(event));
        out.flush();
    }

    private static ObjectNode shape(RecordedEvent event) {
        ObjectNode shape = JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", event.timestamp().toString())
                .put("type", event.type())
                .put("payload", event.payload());
        event.extra().forEach((name, value) -> shape.set(name, VALUES.valueToTree(plain(value))));
        return shape;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean || value instanceof byte[]
                ? value
                : value.toString();
    }

    private static String line(RecordedEvent event) {
        StringBuilder line = new StringBuilder()
                .append(event.timestamp().truncatedTo(ChronoUnit.MILLIS))
                .append("  ")
                .append(event.type());
        if (event.payload() != null) line.append("  ").append(event.payload());
        event.extra().forEach((name, value) -> {
            if (value != null) line.append("  ").append(name).append('=').append(plain(value));
        });
        return line.toString().replace('\n', ' ');
    }
}
