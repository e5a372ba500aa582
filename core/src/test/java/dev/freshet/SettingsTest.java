package dev.freshet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.event.FullPolicy;
import dev.freshet.event.QueueLimits;
import dev.freshet.event.TimeToLive;
import dev.freshet.parquet.Codec;
import dev.freshet.parquet.Encoder;
import dev.freshet.parquet.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void everySettingHasADefaultThatIsValid() {
        FreshetOptions options = FreshetOptions.of(read(Map.of(), Map.of()), Map.of());

        assertThat(options.tick()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.maxRunning()).isEqualTo(4);
        assertThat(options.podId()).isEmpty();
        assertThat(options.shutdownGrace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.queryMemoryBytes()).isEqualTo(512L << 20);
        assertThat(options.queryTimeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.secretsAllowed()).containsExactly("*");
        assertThat(options.literalSecrets()).isFalse();
        assertThat(options.ownLife()).isTrue();
        assertThat(options.events().queue()).isEqualTo(QueueLimits.DEFAULT);
        assertThat(options.events().timeToLive()).isEqualTo(TimeToLive.DEFAULT);
        assertThat(options.events().eventTypes()).isEmpty();
        assertThat(options.events().whenFull())
                .isInstanceOfSatisfying(
                        FullPolicy.Spill.class,
                        spill -> assertThat(spill.mostBytes()).isEqualTo(1L << 30));
    }

    @Test
    void whichEventsAreRecordedAndHowManyWaitAreSettings() {
        assertThat(options("events.types", "run.failed, lease.lost").events().eventTypes())
                .contains(Set.of("run.failed", "lease.lost"));
        assertThat(options("events.types", "").events().eventTypes()).contains(Set.of());
        assertThat(options("events.queue", "7").events().queue().events()).isEqualTo(7);
        assertThat(options("events.own_life", "false").ownLife()).isFalse();
    }

    @Test
    void theMemoryForCopyingIsTwoFifthsOfTheHeapAndAtMost256Megabytes() {
        long heap = Runtime.getRuntime().maxMemory();

        assertThat(FreshetOptions.of(read(Map.of(), Map.of()), Map.of()).ingestMemoryBytes())
                .isEqualTo(Math.min(heap / 100 * 40, 256L << 20));
    }

    @Test
    void dataFilesAreWrittenAsTheSettingsSay() {
        WriteOptions files =
                FreshetOptions.of(read(Map.of(), Map.of()), Map.of()).files();
        assertThat(files)
                .isEqualTo(WriteOptions.defaults()
                        .withRowGroups(128L << 20, 1_000_000)
                        .withThreads(files.threads()));
        assertThat(files.threads()).isBetween(1, 4);

        assertThat(options("parquet.encoder", "parquet-java").files().encoder()).isEqualTo(Encoder.PARQUET_JAVA);
        assertThat(options("parquet.codec", "snappy").files().codec()).isEqualTo(Codec.SNAPPY);
        assertThat(options("parquet.zstd_level", "3").maintenance().files().level())
                .isEqualTo(3);
        assertThat(options("parquet.row_group_mb", "8").files().rowGroupBytes()).isEqualTo(8 << 20);
        assertThat(options("parquet.row_group_rows", "9").files().rowGroupRows())
                .isEqualTo(9);
        assertThat(options("parquet.bloom_filters", "id, name").files().bloomFilters())
                .containsExactly("id", "name");
        assertThat(options("parquet.threads", "7").files().threads()).isEqualTo(7);
    }

    @Test
    void theCommandLineBeatsTheEnvironmentAndThatBeatsTheFile() throws IOException {
        Files.writeString(folder.resolve("freshet.yaml"), "tick:\n  secs: 7\nmax.running: 7\npod:\n  id: seven\n");

        Settings settings =
                read(Map.of("tick.secs", "5"), Map.of("FRESHET_TICK_SECS", "6", "FRESHET_MAX_RUNNING", "6"));

        assertThat(settings.text(Setting.TICK_SECS)).isEqualTo("5");
        assertThat(settings.text(Setting.MAX_RUNNING)).isEqualTo("6");
        assertThat(settings.text(Setting.POD_ID)).isEqualTo("seven");
    }

    @Test
    void anUnknownKeyIsRefusedByNameWhereItStands() throws IOException {
        assertRefused(() -> read(Map.of("tick.sec", "5"), Map.of()), "'tick.sec'", "tick.secs");
        Files.writeString(folder.resolve("freshet.yaml"), "query:\n  memory: 5\n");
        assertRefused(() -> read(Map.of(), Map.of()), "'query.memory'", "freshet.yaml");
    }

    @Test
    void aVariableOfTheEnvironmentThatIsNoSettingIsLeftAlone() {
        assertThat(read(Map.of(), Map.of("FRESHET_HEAP", "2g")).text(Setting.LAKE))
                .isEqualTo("./lake");
    }

    @Test
    void aValueOutOfBoundsIsRefusedWithItsBounds() {
        assertRefused(() -> options("max.running", "0"), "max.running is '0'", "from 1 to 1000");
        assertRefused(() -> options("tick.secs", "soon"), "tick.secs is 'soon'", "whole number");
        assertRefused(
                () -> options("parquet.codec", "gzip"), "parquet.codec is 'gzip'", "zstd or snappy or uncompressed");
        assertRefused(() -> options("parquet.encoder", "ours"), "parquet.encoder", "freshet or parquet-java");
        assertRefused(() -> options("parquet.zstd_level", "20"), "from 1 to 19");
        assertRefused(() -> options("parquet.threads", "0"), "from 1 to 64");
        assertRefused(() -> options("secrets.literal", "yes"), "secrets.literal is 'yes'", "true or false");
    }

    @Test
    void aFileThatIsNoYamlIsNamed() throws IOException {
        Files.writeString(folder.resolve("freshet.yaml"), "tick: [\n");

        assertRefused(() -> read(Map.of(), Map.of()), "freshet.yaml", "YAML");
    }

    private FreshetOptions options(String key, String value) {
        return FreshetOptions.of(read(Map.of(key, value), Map.of()), Map.of());
    }

    private Settings read(Map<String, String> given, Map<String, String> environment) {
        return Settings.read(given, environment, folder);
    }

    private static void assertRefused(Runnable reading, String... parts) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        FreshetException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_USAGE))
                .hasMessageContainingAll(parts);
    }
}
