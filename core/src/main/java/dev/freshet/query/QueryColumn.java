package dev.freshet.query;

/// A column of a result: its name, made unique by a number, and its type as DuckDB names it.
public record QueryColumn(String name, String type) {}
