package dev.freshet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Every configuration key there is, with its default. docs/configuration.md explains each.
public enum Setting {
    LAKE("lake", "./lake"),
    POD_ID("pod.id", ""),
    TICK_SECS("tick.secs", "10"),
    MAX_RUNNING("max.running", "4"),
    SHUTDOWN_GRACE_SECS("shutdown.grace_secs", "30"),
    CONTROL_HISTORY_SECS("control.history_secs", "21600"),
    CONTROL_CLEANING_FLOOR_SECS("control.cleaning_floor_secs", "3600"),
    TABLE_LOG_RETENTION_SECS("table.log_retention_secs", "2592000"),
    TABLE_FILE_RETENTION_SECS("table.file_retention_secs", "604800"),
    MAINTAIN_ENABLED("maintain.enabled", "true"),
    MAINTAIN_EVERY_SECS("maintain.every_secs", "3600"),
    MAINTAIN_FILE_MB("maintain.file_mb", "128"),
    CHECKPOINT_KEEP("checkpoint.keep", "2"),
    INGEST_MEMORY_MB("ingest.memory_mb", "auto"),
    INGEST_SPLIT_MB("ingest.split_mb", "64"),
    POSTGRES_CLIENT("postgres.client", "own"),
    POSTGRES_SILENCE_SECS("postgres.silence_secs", "600"),
    PARQUET_ENCODER("parquet.encoder", "freshet"),
    PARQUET_CODEC("parquet.codec", "zstd"),
    PARQUET_ZSTD_LEVEL("parquet.zstd_level", "1"),
    PARQUET_ROW_GROUP_MB("parquet.row_group_mb", "128"),
    PARQUET_ROW_GROUP_ROWS("parquet.row_group_rows", "1000000"),
    PARQUET_BLOOM_FILTERS("parquet.bloom_filters", ""),
    PARQUET_THREADS("parquet.threads", "auto"),
    EVENTS_OWN_LIFE("events.own_life", "true"),
    EVENTS_TYPES("events.types", "*"),
    EVENTS_QUEUE("events.queue", "2048"),
    EVENTS_SPILL_FOLDER("events.spill_folder", ""),
    EVENTS_SPILL_MB("events.spill_mb", "1024"),
    EVENTS_TIME_TO_LIVE("events.time_to_live", "90d"),
    QUERY_MEMORY_MB("query.memory_mb", "512"),
    QUERY_TIMEOUT_SECS("query.timeout_secs", "300"),
    SECRETS_ALLOW("secrets.allow", "*"),
    SECRETS_LITERAL("secrets.literal", "false");

    private final String key;
    private final String fallback;

    Setting(String key, String fallback) {
        this.key = key;
        this.fallback = fallback;
    }

    /// As written in `freshet.yaml` and with `--set`: `tick.secs`.
    public String key() {
        return key;
    }

    /// As written in the environment: `FRESHET_TICK_SECS`.
    public String variable() {
        return "FRESHET_" + key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    String fallback() {
        return fallback;
    }

    static Optional<Setting> named(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }
}
