package dev.freshet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/// One event as one line: `time LEVEL text key=value`, or an object.
final class LogLine {
    private LogLine() {}

    static String text(Instant at, Log.Level level, String text, Map<String, ?> fields) {
        StringBuilder line = new StringBuilder().append(at).append(' ');
        line.append(String.format(Locale.ROOT, "%-5s ", level)).append(oneLine(text));
        fields.forEach((key, value) -> line.append(' ').append(key).append('=').append(quoted(value.toString())));
        return line.toString();
    }

    static String json(Instant at, Log.Level level, String text, Map<String, ?> fields) {
        ObjectNode line = new ObjectMapper().createObjectNode();
        line.put("at", at.toString())
                .put("level", level.name().toLowerCase(Locale.ROOT))
                .put("message", text);
        fields.forEach(line::putPOJO);
        return line.toString();
    }

    private static String quoted(String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> c <= ' ' || c == '"' || c == '=');
        return plain ? value : '"' + oneLine(value).replace("\"", "'") + '"';
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }
}
