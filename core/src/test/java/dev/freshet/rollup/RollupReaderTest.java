package dev.freshet.rollup;

import static dev.freshet.rollup.UsageLake.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollupReaderTest {
    @Test
    void theReferenceCaseIsRead() {
        RollupDefinition definition = RollupReader.read(UsageLake.HOURLY);
        assertThat(definition.path()).isEqualTo("rollups/task_usage_hourly");
        assertThat(definition.source().path()).isEqualTo("datasets/task_usage");
        assertThat(definition.dimensions()).hasSize(6).contains("project");
        assertThat(definition.measures())
                .extracting(Measure::name)
                .containsExactly(
                        "input_tokens",
                        "output_tokens",
                        "cache_read_tokens",
                        "cache_write_tokens",
                        "task_count",
                        "event_count");
    }

    @ParameterizedTest
    @CsvSource({
        "orders, datasets/orders",
        "datasets.events.x, datasets/events.x",
        "events.life, events/life",
        "rollups.hourly, rollups/hourly"
    })
    void aSourceIsADatasetUnlessItSaysOtherwise(String name, String path) {
        assertThat(RollupReader.read(with("{'source': '" + name + "'}"))
                        .source()
                        .path())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'rollup': '../x'}                            | 'rollup' is no name",
                "{'source': 'a/b'}                             | 'source' is no name",
                "{'source': 'rollups.task_usage_hourly'}       | 'source' is the rollup itself",
                "{'dimensoins': ['a']}                         | unknown key 'dimensoins'",
                "{'time': ''}                                  | 'time' must name a column",
                "{'dimensions': 'a'}                           | 'dimensions' must be a list",
                "{'dimensions': ['a', 'A']}                    | 'dimensions' makes a second column 'A'",
                "{'dimensions': ['Hour']}                      | makes a second column 'Hour'",
                "{'dimensions': ['a b']}                       | has a space in its name",
                "{'measures': {}}                              | 'measures' must be an object",
                "{'measures': {'n': {'sum': 'a', 'max': 'b'}}} | 'measures.n' must have one of sum, count",
                "{'measures': {'n': {'mean': 'a'}}}            | unknown key 'measures.n.mean'",
                "{'measures': {'n': {'sum': 'a', 'sketch': 64}}} | 'measures.n.sketch' goes with distinct only",
                "{'measures': {'n': {'max': 'a', 'as': 'decimal(38,0)'}}} | goes with sum only",
                "{'filters': [{'column': 'a', 'op': 'like', 'value': 'x'}]} | filters[0]: 'op' must be one of",
                "{'filters': [{'column': 'a', 'op': '=', 'value': [1]}]} | filters[0]: 'value' must be a text",
                "{'op': 'rebuild'}                             | 'op' must be one of tick, backfill, window",
                "{'op': 'backfill', 'months_back': 0}          | 'months_back' is 0"
            })
    void aBadDefinitionIsRefusedByItsKey(String change, String message) {
        ObjectNode kind = with(change);
        assertThatThrownBy(() -> {
                    var _ = RollupReader.read(kind);
                    var _ = RollupReader.operation(kind);
                })
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DEFINITION))
                .hasMessageContaining("rollup '")
                .hasMessageContaining(message);
    }

    @Test
    void aMissingKeyIsNamed() {
        for (String key : new String[] {"rollup", "source", "time", "measures"}) {
            JsonNode kind = with("{'" + key + "': null}");
            assertThatThrownBy(() -> RollupReader.read(kind)).hasMessageContaining("'" + key + "' is missing");
        }
    }

    @Test
    void aBackfillSaysHowItIsToBeDone() {
        Operation operation = RollupReader.operation(
                with("{'op': 'backfill', 'months_back': 3, 'force_partial': true, 'pause_secs': 2}"));
        assertThat(operation).isEqualTo(new Operation.Backfill(OptionalInt.of(3), true, Duration.ofSeconds(2)));
    }

    @Test
    void onlyWhatMakesOtherRowsMakesAnotherFingerprint() {
        String fingerprint = RollupReader.read(UsageLake.HOURLY).fingerprint();
        assertThat(RollupReader.read(with("{'definition_version': 7, 'updated': null}"))
                        .fingerprint())
                .isEqualTo(fingerprint);
        assertThat(RollupReader.read(with("{'filters': [{'column': 'model', 'op': 'is not null'}]}"))
                        .fingerprint())
                .isNotEqualTo(fingerprint);
    }
}
