package dev.freshet.catalog;

import java.util.Locale;

/// How carefully the values of a column are to be handled, from least to most. A dataset is as sensitive as its
/// most sensitive column.
public enum Sensitivity {
    NONE,
    /// About a person: names, addresses, birth dates, network addresses.
    PII,
    /// Account and card numbers, salaries.
    FINANCIAL,
    /// Whoever has the value can pretend to be somebody: passwords, also hashed, tokens, keys.
    SECRET;

    /// The name as it is written in tables and output: `pii`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a table's metadata says; [#NONE] where it says nothing that we know.
    static Sensitivity parse(String text) {
        for (Sensitivity value : values()) {
            if (value.text().equals(text)) {
                return value;
            }
        }
        return NONE;
    }
}
