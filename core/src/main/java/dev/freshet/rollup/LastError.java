package dev.freshet.rollup;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why the last run that failed did so, and since when that is so. Immutable.
public record LastError(Instant since, String code, String message) {
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("since", since.toString());
        json.put("code", code);
        json.put("message", message);
        return json;
    }

    static @Nullable LastError of(@Nullable Object json) {
        return json instanceof Map<?, ?> map
                ? new LastError(
                        Instant.parse(String.valueOf(map.get("since"))),
                        String.valueOf(map.get("code")),
                        String.valueOf(map.get("message")))
                : null;
    }
}
