package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One object of a definition, read strictly: a key that is not known is refused by name, with the nearest known
/// one, and every value is checked for type and bounds. Each refusal is a `BAD_DEFINITION` that begins with the
/// place of the value, and never shows a text value, for that might be a secret. A key whose value is `null` counts
/// as absent. Immutable.
public final class Fields {
    private final String owner;
    private final String path;
    private final JsonNode object;

    private Fields(String owner, String path, JsonNode object) {
        this.owner = owner;
        this.path = path;
        this.object = object;
    }

    /// The object as the outermost one of a definition; `owner` names the definition: `schedule 'orders'`.
    public static Fields of(String owner, JsonNode object, List<String> known) {
        return new Fields(owner, "", object).checked(known);
    }

    /// The object under that key, which must exist.
    public Fields object(String key, List<String> known) {
        return new Fields(owner, path + key + ".", required(key)).checked(known);
    }

    /// The object under that key, read as if it had these keys only; empty if it is absent.
    public Optional<Fields> optionalObject(String key, List<String> known) {
        return has(key) ? Optional.of(object(key, known)) : Optional.empty();
    }

    private Fields checked(List<String> known) {
        if (!object.isObject()) {
            throw fault((path.isEmpty() ? "it" : path.substring(0, path.length() - 1)) + " must be an object");
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw fault("unknown key '" + path + shortened(name) + "'" + NearestName.hint(name, known));
            }
        });
        return this;
    }

    public boolean has(String key) {
        return object.hasNonNull(key);
    }

    /// The value as it stands; refused if absent.
    public JsonNode required(String key) {
        JsonNode value = object.get(key);
        if (value == null || value.isNull()) {
            throw fault("'" + path + key + "' is missing");
        }
        return value;
    }

    public String text(String key) {
        JsonNode value = required(key);
        if (!value.isTextual()) {
            throw refused(key, "must be a text");
        }
        return value.textValue();
    }

    public Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    /// One of the given texts.
    public String oneOf(String key, List<String> choices) {
        String text = text(key);
        if (!choices.contains(text)) {
            throw refused(key, "must be one of " + String.join(", ", choices));
        }
        return text;
    }

    public boolean flag(String key) {
        JsonNode value = required(key);
        if (!value.isBoolean()) {
            throw refused(key, "must be true or false");
        }
        return value.booleanValue();
    }

    /// A whole number within bounds, both included.
    public long number(String key, long least, long most) {
        return bounded(path + key, required(key), least, most, "");
    }

    /// A length of time in whole seconds, within bounds, both included.
    public Duration seconds(String key, Duration least, Duration most) {
        return seconds(path + key, required(key), least, most);
    }

    /// A list of such lengths, at most `longest` of them.
    public List<Duration> secondsList(String key, int longest, Duration least, Duration most) {
        List<JsonNode> values = list(key);
        if (values.size() > longest) {
            throw refused(key, "has " + values.size() + " entries; at most " + longest + " are allowed");
        }
        List<Duration> durations = new ArrayList<>();
        for (JsonNode value : values) {
            durations.add(seconds(path + key + "[" + durations.size() + "]", value, least, most));
        }
        return List.copyOf(durations);
    }

    private Duration seconds(String where, JsonNode value, Duration least, Duration most) {
        String inWords = " seconds (" + Spans.text(most) + ")";
        return Duration.ofSeconds(bounded(where, value, least.toSeconds(), most.toSeconds(), inWords));
    }

    private long bounded(String where, JsonNode value, long least, long most, String unit) {
        if (!value.isIntegralNumber()) {
            throw fault("'" + where + "' must be a whole number");
        }
        if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
            throw fault(
                    "'" + where + "' is " + shortened(value.asText()) + "; it must be " + least + " to " + most + unit);
        }
        return value.longValue();
    }

    /// An instant in ISO-8601 with `Z` or an offset, in microseconds.
    public Instant instant(String key) {
        try {
            return OffsetDateTime.parse(text(key)).toInstant().truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw refused(key, "must be a time such as 2026-01-31T08:00:00Z");
        }
    }

    public List<JsonNode> list(String key) {
        JsonNode value = required(key);
        if (!value.isArray()) {
            throw refused(key, "must be a list");
        }
        return List.copyOf(value.valueStream().toList());
    }

    /// A refusal of the value under that key, to be thrown: `schedule 'orders': 'kind.table' must be …`.
    public FreshetException refused(String key, String problem) {
        return fault("'" + path + key + "' " + problem);
    }

    /// The same with its cause.
    FreshetException refused(String key, FreshetException cause) {
        return new FreshetException(cause.code(), owner + ": '" + path + key + "': " + cause.getMessage(), cause);
    }

    /// A refusal that names this definition and says what the cause says.
    FreshetException within(FreshetException cause) {
        if (String.valueOf(cause.getMessage()).startsWith(owner)) {
            return cause;
        }
        return new FreshetException(cause.code(), owner + ": " + cause.getMessage(), cause);
    }

    private FreshetException fault(String problem) {
        return new FreshetException(ErrorCode.BAD_DEFINITION, owner + ": " + problem);
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
