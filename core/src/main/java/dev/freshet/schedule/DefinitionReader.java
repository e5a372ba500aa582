package dev.freshet.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.error.FreshetException;
import dev.freshet.table.OnForeignCommit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads a schedule's definition. Its shape is closed: every key is known, at every level, and every value has
/// bounds.
final class DefinitionReader {
    /// What definitions of every sort may say.
    static final List<String> COMMON_KEYS = List.of(
            "trigger",
            "enabled",
            "created_at",
            "created_by",
            "retry",
            "misfire",
            "stall_limit_secs",
            "lease_secs",
            "on_foreign_commit");

    private static final List<String> ALL_KEYS = Stream.of(List.of("id", "kind"), COMMON_KEYS, ImportedStatus.KEYS)
            .flatMap(List::stream)
            .toList();

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(3650);
    private static final Duration LONGEST_DELAY = Duration.ofDays(7);
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(2);
    private static final int MOST_RETRIES = 20;
    private static final int LONGEST_TEXT = 200;

    private final Map<String, TaskKind> kinds;

    DefinitionReader(List<TaskKind> kinds) {
        this.kinds = kinds.stream()
                .filter(TaskKind::isDefinable)
                .collect(Collectors.toMap(TaskKind::type, Function.identity()));
    }

    /// The kind of work that a schedule, which this reader has read, asks for.
    TaskKind kind(Schedule schedule) {
        return kindOf(schedule.kind().path("type").asText());
    }

    private TaskKind kindOf(String type) {
        return Objects.requireNonNull(kinds.get(type), type);
    }

    /// @param number the document's number, which becomes the schedule's version
    /// @param now what `created_at` is when the document does not say
    Definition read(JsonNode document, long number, Instant now) {
        return RollupDocument.is(document)
                ? read(Fields.of(owner(document), RollupDocument.schedule(document), ALL_KEYS), number, now)
                : read(Fields.of(owner(document), document, ALL_KEYS), number, now);
    }

    private Definition read(Fields fields, long number, Instant now) {
        String id = Shelf.require(fields.text("id"));
        JsonNode kind = kind(fields);
        requireNamedAfterTask(fields, id, kind);
        Schedule schedule = new Schedule(
                id,
                kind,
                trigger(fields),
                fields.flag("enabled"),
                fields.has("created_at") ? fields.instant("created_at") : Spans.micros(now),
                createdBy(fields),
                retry(fields),
                misfire(fields),
                seconds(fields, "stall_limit_secs", SECOND, Duration.ofDays(7), Schedule.DEFAULT_STALL_LIMIT),
                seconds(fields, "lease_secs", SHORTEST_LEASE, DAY, Schedule.DEFAULT_LEASE),
                onForeignCommit(fields),
                number);
        return new Definition(schedule, ImportedStatus.read(fields));
    }

    private static String owner(JsonNode document) {
        if (RollupDocument.is(document)) {
            return Shelf.text(RollupDocument.id(document));
        }
        JsonNode id = document.path("id");
        return id.isTextual() ? Shelf.text(id.textValue()) : "the schedule";
    }

    private void requireNamedAfterTask(Fields fields, String id, JsonNode kind) {
        String task = kindOf(kind.path("type").asText()).taskName(kind);
        if (Shelf.of(id) != Shelf.SCHEDULES && !task.equals(id)) {
            throw fields.refused("id", "must be '" + task + "', the task that its kind asks for");
        }
    }

    private static String createdBy(Fields fields) {
        String text = fields.optionalText("created_by").orElse("");
        if (text.length() > LONGEST_TEXT) {
            throw fields.refused("created_by", "is longer than " + LONGEST_TEXT + " characters");
        }
        return text;
    }

    private JsonNode kind(Fields fields) {
        JsonNode kind = fields.required("kind");
        List<String> keys = kind.propertyStream().map(Map.Entry::getKey).toList();
        String type = fields.object("kind", keys).oneOf("type", typesOn(Shelf.of(fields.text("id"))));
        try {
            kindOf(type).validate(kind);
        } catch (FreshetException e) {
            throw fields.within(e);
        }
        return kind.deepCopy();
    }

    /// Work that has a shelf of its own is defined there and nowhere else.
    private List<String> typesOn(Shelf shelf) {
        return kinds.keySet().stream()
                .filter(type -> Shelf.of(type + ":") == shelf)
                .sorted()
                .toList();
    }

    private static Trigger trigger(Fields fields) {
        Fields trigger = fields.object("trigger", List.of("type", "secs", "strategy", "expr", "time_zone"));
        return switch (trigger.oneOf("type", List.of("interval", "cron"))) {
            case "interval" -> interval(fields.object("trigger", List.of("type", "secs", "strategy")));
            default -> cron(fields.object("trigger", List.of("type", "expr", "time_zone")));
        };
    }

    private static Interval interval(Fields fields) {
        List<String> names =
                Arrays.stream(Strategy.values()).map(Strategy::text).toList();
        Strategy strategy = fields.has("strategy")
                ? Strategy.values()[names.indexOf(fields.oneOf("strategy", names))]
                : Strategy.SINCE_COMPLETION;
        return new Interval(fields.seconds("secs", SECOND, LONGEST_INTERVAL), strategy);
    }

    private static Cron cron(Fields fields) {
        ZoneId zone = ZoneOffset.UTC;
        if (fields.has("time_zone")) {
            try {
                zone = ZoneId.of(fields.text("time_zone"));
            } catch (DateTimeException e) {
                throw fields.refused("time_zone", "must be the name of a time zone, such as Europe/Berlin");
            }
        }
        String expression = fields.text("expr");
        try {
            return Cron.of(expression, zone);
        } catch (FreshetException e) {
            throw fields.refused("expr", e);
        }
    }

    private static Retry retry(Fields fields) {
        return fields.optionalObject("retry", List.of("delays_secs"))
                .filter(retry -> retry.has("delays_secs"))
                .map(retry -> new Retry(retry.secondsList("delays_secs", MOST_RETRIES, SECOND, LONGEST_DELAY)))
                .orElse(Retry.DEFAULT);
    }

    private static Misfire misfire(Fields fields) {
        return fields.optionalObject("misfire", List.of("policy", "max_late_secs"))
                .map(DefinitionReader::readMisfire)
                .orElse(Misfire.DEFAULT);
    }

    private static Misfire readMisfire(Fields fields) {
        String policy = fields.has("policy")
                ? fields.oneOf("policy", List.of("run_once", "skip", "run_all"))
                : Misfire.Policy.RUN_ONCE.text();
        if (policy.equals("run_all")) {
            throw fields.refused("policy", "is run_all, which is not here yet; use run_once or skip");
        }
        Duration maxLate =
                fields.has("max_late_secs") ? fields.seconds("max_late_secs", SECOND, LONGEST_INTERVAL) : null;
        return new Misfire(policy.equals("skip") ? Misfire.Policy.SKIP : Misfire.Policy.RUN_ONCE, maxLate);
    }

    private OnForeignCommit onForeignCommit(Fields fields) {
        if (!fields.has("on_foreign_commit")) {
            JsonNode kind = fields.required("kind");
            return kindOf(kind.path("type").asText()).onForeignCommit(kind);
        }
        return fields.oneOf("on_foreign_commit", List.of("proceed", "refuse")).equals("refuse")
                ? OnForeignCommit.REFUSE
                : OnForeignCommit.PROCEED;
    }

    private static Duration seconds(Fields fields, String key, Duration least, Duration most, Duration otherwise) {
        return fields.has(key) ? fields.seconds(key, least, most) : otherwise;
    }
}
