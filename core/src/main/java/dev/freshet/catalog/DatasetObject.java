package dev.freshet.catalog;

import java.time.Instant;

/// A data file of a dataset. `bucket` is the lake's address, `key` the file's in it.
public record DatasetObject(String bucket, String key, long sizeBytes, Instant createdAt) {}
