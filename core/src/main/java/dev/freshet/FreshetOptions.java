package dev.freshet;

import dev.freshet.control.ControlUpkeep;
import dev.freshet.event.FullPolicy;
import dev.freshet.event.QueueLimits;
import dev.freshet.event.RecorderOptions;
import dev.freshet.event.TimeToLive;
import dev.freshet.ingest.IngestSettings;
import dev.freshet.maintain.MaintainTerms;
import dev.freshet.parquet.Codec;
import dev.freshet.parquet.Encoder;
import dev.freshet.parquet.WriteOptions;
import dev.freshet.table.LogRetention;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a [Freshet] works: the settings as values that were checked. Memory is counted in bytes. `environment` is where
/// `${env:NAME}` references are looked up and what the pod is named after. Immutable.
public record FreshetOptions(
        Optional<String> podId,
        Duration tick,
        int maxRunning,
        Duration shutdownGrace,
        ControlUpkeep controlUpkeep,
        LogRetention logRetention,
        boolean maintained,
        MaintainTerms maintenance,
        int checkpointsKept,
        RecorderOptions events,
        boolean ownLife,
        long ingestMemoryBytes,
        long ingestSplitBytes,
        WriteOptions files,
        long queryMemoryBytes,
        Duration queryTimeout,
        List<String> secretsAllowed,
        boolean literalSecrets,
        Map<String, String> environment) {
    private static final String ALL = "*";
    private static final String AUTO = "auto";
    private static final int DAY = 24 * 60 * 60;
    private static final int TEN_YEARS = 3650 * DAY;
    private static final int MOST_MB = 1 << 20;
    private static final long MB = 1 << 20;

    public FreshetOptions {
        secretsAllowed = List.copyOf(secretsAllowed);
        environment = Map.copyOf(environment);
    }

    public static FreshetOptions of(Settings settings, Map<String, String> environment) {
        return new FreshetOptions(
                Optional.of(settings.text(Setting.POD_ID)).filter(id -> !id.isEmpty()),
                settings.seconds(Setting.TICK_SECS, 1, DAY),
                settings.number(Setting.MAX_RUNNING, 1, 1000),
                settings.seconds(Setting.SHUTDOWN_GRACE_SECS, 0, DAY),
                ControlUpkeep.DEFAULT.withTimes(
                        floor(settings), settings.seconds(Setting.CONTROL_HISTORY_SECS, 0, TEN_YEARS)),
                logRetention(settings),
                settings.flag(Setting.MAINTAIN_ENABLED),
                new MaintainTerms(
                        settings.seconds(Setting.MAINTAIN_EVERY_SECS, 1, TEN_YEARS),
                        settings.number(Setting.MAINTAIN_FILE_MB, 1, MOST_MB) * MB,
                        logRetention(settings),
                        files(settings)),
                settings.number(Setting.CHECKPOINT_KEEP, 1, 1000),
                events(settings),
                settings.flag(Setting.EVENTS_OWN_LIFE),
                ingestMemory(settings),
                settings.number(Setting.INGEST_SPLIT_MB, 1, MOST_MB) * MB,
                files(settings),
                settings.number(Setting.QUERY_MEMORY_MB, 64, MOST_MB) * MB,
                settings.seconds(Setting.QUERY_TIMEOUT_SECS, 1, DAY),
                patterns(settings.text(Setting.SECRETS_ALLOW)),
                settings.flag(Setting.SECRETS_LITERAL),
                environment);
    }

    private static LogRetention logRetention(Settings settings) {
        return LogRetention.DEFAULT
                .withFloor(floor(settings))
                .withKept(settings.seconds(Setting.TABLE_LOG_RETENTION_SECS, 0, TEN_YEARS))
                .withFiles(settings.seconds(Setting.TABLE_FILE_RETENTION_SECS, 60, TEN_YEARS));
    }

    private static Duration floor(Settings settings) {
        return settings.seconds(Setting.CONTROL_CLEANING_FLOOR_SECS, 1, TEN_YEARS);
    }

    private static RecorderOptions events(Settings settings) {
        String folder = settings.text(Setting.EVENTS_SPILL_FOLDER);
        Path spill = folder.isEmpty() ? home().resolve(".freshet").resolve("spill") : Path.of(folder);
        int queue = settings.number(Setting.EVENTS_QUEUE, 1, 1 << 20);
        RecorderOptions events = RecorderOptions.with(
                        new FullPolicy.Spill(spill, settings.number(Setting.EVENTS_SPILL_MB, 1, MOST_MB) * MB))
                .withQueue(new QueueLimits(queue, QueueLimits.DEFAULT.bytes()))
                .withTimeToLive(TimeToLive.parse(settings.text(Setting.EVENTS_TIME_TO_LIVE)))
                .withVacuumAge(logRetention(settings).files());
        String types = settings.text(Setting.EVENTS_TYPES);
        return types.equals(ALL) ? events : events.withEventTypes(new LinkedHashSet<>(patterns(types)));
    }

    /// A user whom the machine does not know, as in many containers, has none; then what is spilled is temporary.
    private static Path home() {
        Path home = Path.of(System.getProperty("user.home"));
        return Files.isDirectory(home) ? home : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /// Who works with this process, for the record: `ann@workstation`.
    public String user() {
        return environment.getOrDefault("USER", System.getProperty("user.name")) + "@" + hostName();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private static long ingestMemory(Settings settings) {
        if (settings.text(Setting.INGEST_MEMORY_MB).equals(AUTO)) {
            return IngestSettings.defaultMemory();
        }
        return settings.number(Setting.INGEST_MEMORY_MB, 8, MOST_MB) * MB;
    }

    private static WriteOptions files(Settings settings) {
        return WriteOptions.defaults()
                .withEncoder(settings.choice(Setting.PARQUET_ENCODER, Encoder.class))
                .withCodec(
                        settings.choice(Setting.PARQUET_CODEC, Codec.class),
                        settings.number(Setting.PARQUET_ZSTD_LEVEL, 1, WriteOptions.MOST_LEVEL))
                .withRowGroups(
                        settings.number(Setting.PARQUET_ROW_GROUP_MB, 1, 1024) * MB,
                        settings.number(Setting.PARQUET_ROW_GROUP_ROWS, 1, Integer.MAX_VALUE))
                .withBloomFilters(patterns(settings.text(Setting.PARQUET_BLOOM_FILTERS)))
                .withThreads(threads(settings));
    }

    /// Half of the processors: the others read, or serve the database.
    private static int threads(Settings settings) {
        if (settings.text(Setting.PARQUET_THREADS).equals(AUTO)) {
            return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
        }
        return settings.number(Setting.PARQUET_THREADS, 1, 64);
    }

    private static List<String> patterns(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
    }
}
