package dev.freshet.source.mysql;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A table's name with its database: `orders`, `shop.orders`, or with backquotes around a part.
record MySqlName(String database, String table) {
    private static final String PART = "(?:`((?:[^`]|``)+)`|([^`.]+))";
    private static final Pattern NAME = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    static MySqlName parse(String text, String defaultDatabase) {
        Matcher name = NAME.matcher(text.strip());
        if (!name.matches()) {
            throw new FreshetException(
                    ErrorCode.BAD_DEFINITION,
                    "table '%s' is not a name such as orders, shop.orders or `shop`.`my orders`".formatted(text));
        }
        boolean qualified = name.group(1) != null || name.group(2) != null;
        return new MySqlName(
                qualified ? part(name.group(1), name.group(2)) : defaultDatabase, part(name.group(3), name.group(4)));
    }

    private static String part(@Nullable String quoted, @Nullable String bare) {
        return quoted != null ? quoted.replace("``", "`") : String.valueOf(bare);
    }

    static String quote(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    String quoted() {
        return quote(database) + "." + quote(table);
    }

    @Override
    public String toString() {
        return database + "." + table;
    }
}
