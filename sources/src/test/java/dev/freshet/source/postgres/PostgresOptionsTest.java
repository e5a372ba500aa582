package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.Settings;
import dev.freshet.error.FreshetException;
import dev.freshet.source.postgres.PostgresOptions.Client;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresOptionsTest {
    @TempDir
    Path folder;

    @Test
    void ourOwnClientAndTenMinutesOfSilenceAreTheDefault() {
        assertThat(options(Map.of())).isEqualTo(PostgresOptions.DEFAULT);
        assertThat(PostgresOptions.DEFAULT).isEqualTo(new PostgresOptions(Client.OWN, Duration.ofMinutes(10)));
    }

    @Test
    void theDriverIsAChoice() {
        assertThat(options(Map.of("postgres.client", "driver", "postgres.silence_secs", "5")))
                .isEqualTo(new PostgresOptions(Client.DRIVER, Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres.client, jdbc, own or driver",
        "postgres.client, OWN, own or driver",
        "postgres.silence_secs, 0, from 1 to 1728000",
        "postgres.silence_secs, 1728001, from 1 to 1728000"
    })
    void aSettingThatMakesNoSenseIsNamed(String key, String value, String wanted) {
        assertThatThrownBy(() -> options(Map.of(key, value)))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("setting " + key + " is '" + value + "'; it must be")
                .hasMessageContaining(wanted);
    }

    private PostgresOptions options(Map<String, String> given) {
        return PostgresOptions.of(Settings.read(given, Map.of(), folder));
    }
}
