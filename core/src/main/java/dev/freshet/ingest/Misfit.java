package dev.freshet.ingest;

import dev.freshet.batch.Column;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;

/// Says that a value cannot be held by its column's type, which fails the run unless the column's policy says
/// otherwise. Thrown by a [Cell], which does not know where it is; the reader adds table and column with [#in].
public final class Misfit extends RuntimeException {
    private static final int SHOWN = 60;

    private final String value;

    /// A value as its database prints it.
    public Misfit(String value) {
        this(value, "");
    }

    /// A value and why it does not fit, where the value alone does not say it.
    public Misfit(String value, String why) {
        super(why, null, false, false);
        this.value = value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
    }

    /// What to tell the user, with the remedy; rows are counted from 1 in the order in which they were read.
    public FreshetException in(String table, Column column, long row) {
        return new FreshetException(
                ErrorCode.VALUE_MISFIT,
                "%s: column %s is %s, which cannot hold %s%s in row %d; let it arrive as text with columns: {%s: {as: \"string\"}} or --as %s=string"
                        .formatted(
                                table,
                                column.name(),
                                column.type().deltaName(),
                                value.isEmpty() ? "''" : value,
                                why(),
                                row,
                                column.name(),
                                column.name()));
    }

    private String why() {
        String why = String.valueOf(getMessage());
        return why.isEmpty() ? "" : " (" + why + ")";
    }
}
