package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Batch;
import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MendedTest {
    private final Mended mended = new Mended();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            decimal(5,2)  | round | 1.005                | 1.01
            decimal(5,2)  | round | -1.005               | -1.01
            decimal(5,2)  | round | 1e-30                | 0.00
            decimal(38,9) | round | 1234.1234567895      | 1234.123456790
            long          | round | 2.5                  | 3
            long          | round | -2.5                 | -3
            byte          | round | 1.27E+2              | 127
            decimal(5,2)  | clamp | 1000                 | 999.99
            decimal(5,2)  | clamp | -1e300               | -999.99
            decimal(5,2)  | clamp | Infinity             | 999.99
            decimal(38,0) | clamp | -Infinity            | -99999999999999999999999999999999999999
            decimal(20,0) | clamp | 1e20                 | 99999999999999999999
            byte          | clamp | 128                  | 127
            short         | clamp | -99999               | -32768
            integer       | clamp | 2147483648           | 2147483647
            long          | clamp | 9223372036854775808  | 9223372036854775807
            date          | clamp | infinity             | 9999-12-31
            date          | clamp | -infinity            | 0001-01-01
            timestamp_ntz | clamp | infinity             | 9999-12-31T23:59:59.999999
            timestamp_ntz | clamp | 294276-12-31 23:59:59 | 9999-12-31T23:59:59.999999
            timestamp     | clamp | -infinity            | 0001-01-01T00:00:00Z
            timestamp     | clamp | infinity             | 9999-12-31T23:59:59.999999Z
            date          | null  | 0000-00-00           | null
            boolean       | null  | perhaps              | null
            decimal(5,2)  | null  | NaN                  | null
            string        | null  | anything             | anything
            """)
    void aValueIsMadeToFitAsThePolicySays(String type, String way, String text, String wanted) {
        assertThat(Objects.toString(read(type, way, text))).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            decimal(5,2) | error | 1.005
            decimal(5,2) | round | 1000.001
            decimal(5,2) | round | NaN
            decimal(5,2) | round | Infinity
            decimal(5,2) | round | 1e999999999
            decimal(5,2) | round | 1e-999999999
            decimal(5,2) | clamp | 1.005
            decimal(5,2) | clamp | NaN
            decimal(5,2) | clamp | words
            date         | clamp | 0000-00-00
            """)
    void whatThePolicyDoesNotMendIsStillAnError(String type, String way, String text) {
        assertThatThrownBy(() -> read(type, way, text)).isInstanceOf(Misfit.class);
        assertThat(mended.take()).isEmpty();
    }

    @Test
    void whatWasMendedIsCountedByColumnAndWhatFittedIsNot() {
        assertThat(mended.take()).isEmpty();
        read("long", "round", "1");
        assertThat(mended.take()).isEmpty();
        read("long", "round", "1.5");
        read("long", "round", "2.5");
        assertThat(mended).hasToString("{c=2}");
        assertThat(mended.take()).containsOnlyKeys("c").containsEntry("c", 2L);
    }

    @Test
    void whatWasToldOrForgottenIsNotToldAgain() {
        read("long", "round", "1.5");
        assertThat(mended.take()).containsEntry("c", 1L);
        assertThat(mended.take()).isEmpty();
        read("long", "round", "1.5");
        mended.forget();
        assertThat(mended.take()).isEmpty();
    }

    private Object read(String type, String way, String text) {
        ColumnType as = ColumnType.parse(type);
        ColumnPolicy policy = new ColumnPolicy(as, OnMisfit.valueOf(way.toUpperCase(Locale.ROOT)));
        Batch batch = new Batch(Schema.of(new Column("c", as, true)));
        byte[] data = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        mended.cell("c", policy, TextCells.of(as)).read(data, 1, data.length - 2, batch.column(0));
        return batch.value(0, 0);
    }
}
