package dev.freshet.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `order_by`: columns separated by commas, each a name, bare or quoted with `"` or a backquote, and
/// `asc` or `desc`. Nothing of the text reaches SQL but names, which the source quotes.
final class OrderBy {
    private static final Pattern COLUMN = Pattern.compile(
            "\\G\\s*(?:\"((?:[^\"]|\"\")+)\"|`((?:[^`]|``)+)`|([\\p{L}_][\\p{L}\\p{N}_$]*))(?:\\s+(asc|desc))?\\s*(,|$)",
            Pattern.CASE_INSENSITIVE);

    private OrderBy() {}

    /// @throws IllegalArgumentException if the text is anything but a list of columns
    static List<OrderColumn> parse(String text) {
        List<OrderColumn> columns = new ArrayList<>();
        Matcher column = COLUMN.matcher(text);
        int end = 0;
        boolean more = true;
        while (more && column.find()) {
            columns.add(new OrderColumn(name(column), "desc".equalsIgnoreCase(column.group(4))));
            more = column.group(5).equals(",");
            end = column.end();
        }
        if (more || end != text.length()) {
            throw new IllegalArgumentException(
                    "'%s' is not a list of columns such as: name, created_at desc".formatted(text));
        }
        return columns;
    }

    private static String name(Matcher column) {
        if (column.group(1) != null) {
            return column.group(1).replace("\"\"", "\"");
        }
        return column.group(2) != null ? column.group(2).replace("``", "`") : column.group(3);
    }
}
