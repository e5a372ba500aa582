package dev.freshet.ingest;

/// A column that rows are ordered by; sources quote its name and check that it exists.
public record OrderColumn(String name, boolean descending) {}
