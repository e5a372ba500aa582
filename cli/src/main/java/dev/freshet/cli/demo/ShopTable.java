package dev.freshet.cli.demo;

import java.util.function.IntFunction;

/// A table of the shop and its first content: the text for COPY of each unit, a row or a few rows that belong together.
record ShopTable(String name, int units, IntFunction<String> text) {}
