package dev.freshet.ingest;

import dev.freshet.batch.ColumnType;
import java.util.Locale;

/// How a column is to arrive when not as its type says: as `as`, read from the exact text that the database
/// prints, and what becomes of a value that does not fit.
public record ColumnPolicy(ColumnType as, OnMisfit onMisfit) {
    public ColumnPolicy {
        if (!TextCells.readable(as)) {
            throw new IllegalArgumentException(
                    "no text can be read exactly as %s; use one of %s".formatted(as.deltaName(), TextCells.NAMES));
        }
        if (!onMisfit.suits(as)) {
            throw new IllegalArgumentException(
                    "no %s can be made to fit by '%s'".formatted(as.deltaName(), name(onMisfit)));
        }
    }

    /// A value that does not fit fails the run.
    public ColumnPolicy(ColumnType as) {
        this(as, OnMisfit.ERROR);
    }

    /// Whether a column that arrives as this type without our doing needs nothing of us.
    public boolean asksNothingOf(ColumnType natural) {
        return as.equals(natural) && onMisfit == OnMisfit.ERROR;
    }

    /// Whether the column may hold nulls although the source's does not.
    public boolean makesNulls() {
        return onMisfit == OnMisfit.NULL;
    }

    /// What it asks for, in short.
    String text() {
        return onMisfit == OnMisfit.ERROR ? as.deltaName() : as.deltaName() + " or " + name(onMisfit);
    }

    private static String name(OnMisfit way) {
        return way.name().toLowerCase(Locale.ROOT);
    }
}
