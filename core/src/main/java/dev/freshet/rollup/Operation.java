package dev.freshet.rollup;

import dev.freshet.schedule.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// What a run is asked to do. Without a wish it does what the state calls for: nothing, a tick, or a backfill.
sealed interface Operation {
    /// The same as no wish: everything that is new is rolled up.
    record Tick() implements Operation {}

    /// All of the history is computed again as of one version.
    ///
    /// @param monthsBack how many calendar months up to the newest fact's; empty for all
    /// @param forcePartial whether older history may be left out
    record Backfill(OptionalInt monthsBack, boolean forcePartial, Duration pause) implements Operation {}

    /// The hours that meet a span are computed again as of the version that the rollup stands at.
    record Recompute(Instant from, Instant to) implements Operation {}

    private static List<String> keys() {
        return List.of("op", "months_back", "force_partial", "pause_secs", "from", "to");
    }

    static List<String> withKeys(List<String> others) {
        return Stream.concat(others.stream(), keys().stream()).toList();
    }

    static Operation read(Fields fields) {
        if (!fields.has("op")) {
            return new Tick();
        }
        return switch (fields.oneOf("op", List.of("tick", "backfill", "window"))) {
            case "backfill" ->
                new Backfill(
                        fields.has("months_back")
                                ? OptionalInt.of((int) fields.number("months_back", 1, 12_000))
                                : OptionalInt.empty(),
                        fields.has("force_partial") && fields.flag("force_partial"),
                        fields.has("pause_secs")
                                ? fields.seconds("pause_secs", Duration.ZERO, Duration.ofHours(1))
                                : Duration.ZERO);
            case "window" -> new Recompute(fields.instant("from"), fields.instant("to"));
            default -> new Tick();
        };
    }
}
