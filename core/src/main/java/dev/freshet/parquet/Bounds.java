package dev.freshet.parquet;

/// The least and greatest value of a column, as Java objects; `exact` unless they were cut.
record Bounds(Object min, Object max, boolean exact) {}
