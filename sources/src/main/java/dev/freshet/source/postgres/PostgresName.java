package dev.freshet.source.postgres;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A table's name as a definition writes it: `orders`, `sales.orders`, `"Sales"."Orders 2024"`. A bare name
/// means the table of exactly that name or, failing that, what PostgreSQL would make of it: the name in lower
/// case.
record PostgresName(Optional<Part> schema, Part table) {
    private static final String PART = "(?:\"((?:[^\"]|\"\")+)\"|([^\".]+))";
    private static final Pattern NAME = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    /// One part of a name; a quoted one means what it says.
    record Part(String text, boolean quoted) {
        String folded() {
            return quoted ? text : text.toLowerCase(Locale.ROOT);
        }
    }

    static PostgresName parse(String text) {
        Matcher name = NAME.matcher(text.strip());
        if (!name.matches()) {
            throw new FreshetException(
                    ErrorCode.BAD_DEFINITION,
                    "table '%s' is not a name such as orders, sales.orders or \"Sales\".\"Orders\"".formatted(text));
        }
        return new PostgresName(
                part(name.group(1), name.group(2)),
                part(name.group(3), name.group(4)).orElseThrow());
    }

    private static Optional<Part> part(@Nullable String quoted, @Nullable String bare) {
        if (quoted != null) {
            return Optional.of(new Part(quoted.replace("\"\"", "\""), true));
        }
        return Optional.ofNullable(bare).map(text -> new Part(text, false));
    }

    static String quote(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    /// A text as SQL has it, whatever the server thinks of backslashes.
    static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    @Override
    public String toString() {
        return schema.map(part -> part.text() + ".").orElse("") + table.text();
    }
}
