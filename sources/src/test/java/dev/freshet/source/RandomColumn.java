package dev.freshet.source;

import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A column of random values: its type, a literal made from randomness, and what prints the column as text.
public record RandomColumn(String type, Function<Random, String> literal, UnaryOperator<String> printing) {
    public String print(String column) {
        return "coalesce(" + printing.apply(column) + ", 'null')";
    }
}
