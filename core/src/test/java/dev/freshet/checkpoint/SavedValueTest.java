package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SavedValueTest {
    @Test
    void everyKindOfStateIsRestoredAsItWas() {
        survives(StateFormat.BOOLEAN, true, false);
        survives(StateFormat.INT, Integer.MIN_VALUE, 0, Integer.MAX_VALUE);
        survives(StateFormat.LONG, Long.MIN_VALUE, 0L, (1L << 53) + 1, Long.MAX_VALUE);
        survives(StateFormat.DOUBLE, 0.1, -0.0, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY);
        survives(StateFormat.TEXT, "", "ü \"\n\u0000 \uD83D\uDE00", "null");
        survives(StateFormat.INSTANT, Instant.EPOCH, Instant.parse("2026-01-01T00:00:00.123456789Z"));
        survives(StateFormat.optional(StateFormat.LONG), Optional.empty(), Optional.of(1L));
        survives(
                StateFormat.optional(StateFormat.optional(StateFormat.TEXT)),
                Optional.of(Optional.empty()),
                Optional.of(Optional.of("x")));
        survives(StateFormat.list(StateFormat.TEXT), List.of(), List.of("b", "a", "b"));
        survives(StateFormat.set(StateFormat.INT), Set.of(), new TreeSet<>(Set.of(3, 1, 2)));
        Map<Long, List<Boolean>> map = new LinkedHashMap<>();
        map.put(2L, List.of(true));
        map.put(1L, List.of());
        survives(StateFormat.map(StateFormat.LONG, StateFormat.list(StateFormat.BOOLEAN)), Map.of(), map);
    }

    @Test
    void collectionsKeepTheirOrder() {
        SavedValue<Map<String, Integer>> ranks =
                new SavedValue<>(StateFormat.map(StateFormat.TEXT, StateFormat.INT), Map.of());
        ranks.restore("[[\"z\",1],[\"a\",2]]".getBytes(UTF_8));
        assertThat(ranks.value().keySet()).containsExactly("z", "a");
        assertThat(ranks.checkpoint()).asString(UTF_8).isEqualTo("[[\"z\",1],[\"a\",2]]");
    }

    @Test
    void theEmptyOneIsRestoredToItsDefault() {
        SavedValue<String> scratch = new SavedValue<>(StateFormat.empty("nothing yet"), "nothing yet");
        scratch.set("half of something");
        byte[] written = scratch.checkpoint();
        scratch.restore(written);
        assertThat(scratch.value()).isEqualTo("nothing yet");
    }

    @Test
    void stateOfAnotherFormIsRefusedAndChangesNothing() {
        SavedValue<Integer> count = new SavedValue<>(StateFormat.INT, 7);
        for (String text : List.of("", "\"7\"", "7.5", "2147483648", "null", "[7]", "7 8", "{")) {
            assertThatThrownBy(() -> count.restore(text.getBytes(UTF_8)))
                    .as(text)
                    .isInstanceOfSatisfying(
                            FreshetException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INCOMPATIBLE_STORAGE));
        }
        SavedValue<List<Integer>> counts = new SavedValue<>(StateFormat.list(StateFormat.INT), List.of(1));
        assertThatThrownBy(() -> counts.restore("[1,\"x\"]".getBytes(UTF_8))).isInstanceOf(FreshetException.class);
        assertThat(counts.value()).containsExactly(1);
        assertThat(count.value()).isEqualTo(7);
    }

    @SafeVarargs
    private static <T> void survives(StateFormat<T> format, T... values) {
        for (T value : values) {
            byte[] written = new SavedValue<>(format, value).checkpoint();
            SavedValue<T> restored = new SavedValue<>(format, values[0]);
            restored.restore(written);
            assertThat(restored.value()).isEqualTo(value);
        }
    }
}
