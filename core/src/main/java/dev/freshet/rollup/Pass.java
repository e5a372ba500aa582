package dev.freshet.rollup;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Work that is done in slices as of one version of the facts, and how far it is: whoever goes on with it reads that
/// version too, and begins where the last slice ended. Immutable.
///
/// @param backfill whether every hour is computed again, or only those that changed
/// @param version of the facts
/// @param asOf before when the facts were all there, as the rollup's watermark will say
/// @param from the first hour that belongs to it
/// @param through the hours before this one are done
/// @param slices how many are done
record Pass(boolean backfill, long version, Instant asOf, long from, long through, int slices) {
    Pass done(long newThrough) {
        return new Pass(backfill, version, asOf, from, newThrough, slices + 1);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("op", backfill ? "backfill" : "tick");
        json.put("version", version);
        json.put("as_of", asOf.toString());
        put(json, "from", from);
        put(json, "through", through);
        json.put("slices", slices);
        return json;
    }

    private static void put(Map<String, Object> json, String name, long hour) {
        if (hour != Buckets.FIRST) {
            json.put(name, Buckets.start(hour).toString());
        }
    }

    static @Nullable Pass of(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> map)) {
            return null;
        }
        return new Pass(
                "backfill".equals(map.get("op")),
                number(map.get("version")),
                Instant.parse(String.valueOf(map.get("as_of"))),
                hour(map.get("from")),
                hour(map.get("through")),
                Math.toIntExact(number(map.get("slices"))));
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : -1;
    }

    private static long hour(@Nullable Object time) {
        return time == null ? Buckets.FIRST : Buckets.hour(Instant.parse((String) time));
    }
}
