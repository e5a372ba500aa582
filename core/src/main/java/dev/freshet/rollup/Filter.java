package dev.freshet.rollup;

import java.util.List;

/// A condition that facts must meet to count. As in SQL, one on a null is not met, but `is null`.
///
/// @param values as texts, which the engine reads as the column's type; none for `is null` and `is not null`
record Filter(String column, String operator, List<String> values) {
    static final List<String> OPERATORS =
            List.of("=", "!=", "<", "<=", ">", ">=", "in", "not in", "is null", "is not null");

    Filter {
        values = List.copyOf(values);
    }

    static boolean takesNone(String operator) {
        return operator.startsWith("is ");
    }

    static boolean takesMany(String operator) {
        return operator.endsWith("in");
    }
}
