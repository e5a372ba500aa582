package dev.freshet.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFileTest {
    @Test
    void aFileIsRememberedAsItWas() {
        DataFile file = new DataFile(
                "day=2026-01-01/größe.parquet",
                1L << 40,
                Map.of("day", "2026-01-01"),
                Instant.parse("2026-01-01T00:00:00.123Z"),
                new FileStatistics("{\"numRecords\":3,\"minValues\":{\"n\":0.10}}"));
        assertThat(DataFile.of(file.json())).isEqualTo(file);
    }

    @Test
    void whatIsNoFileIsRefused() {
        assertThatThrownBy(() -> DataFile.of("{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DataFile.of("{}")).isInstanceOf(IllegalArgumentException.class);
    }
}
