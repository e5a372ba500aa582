package dev.freshet.e2e;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How a dataset differs from its table. A row's first column is its key.
///
/// @param lost rows of the table that the dataset does not have as they are
/// @param strange rows of the dataset that the table does not have as they are
/// @param duplicated rows of the dataset beyond the first of a key
record Equality(long lost, long strange, long duplicated) {
    static Equality of(List<List<String>> table, List<List<String>> dataset) {
        Map<List<String>, Integer> balance = new HashMap<>();
        table.forEach(row -> balance.merge(row, 1, Integer::sum));
        dataset.forEach(row -> balance.merge(row, -1, Integer::sum));
        long keys = dataset.stream().map(List::getFirst).distinct().count();
        return new Equality(
                balance.values().stream()
                        .filter(count -> count > 0)
                        .mapToLong(count -> count)
                        .sum(),
                balance.values().stream()
                        .filter(count -> count < 0)
                        .mapToLong(count -> -count)
                        .sum(),
                dataset.size() - keys);
    }

    Equality plus(Equality other) {
        return new Equality(lost + other.lost, strange + other.strange, duplicated + other.duplicated);
    }
}
