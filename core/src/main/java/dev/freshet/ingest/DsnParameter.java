package dev.freshet.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The parameters that a DSN may carry, everything else being refused: drivers have parameters that load
/// classes, read files or turn safety off.
enum DsnParameter {
    POSTGRES_SSLMODE("sslmode", "disable|allow|prefer|require|verify-ca|verify-full", Set.of(DsnType.POSTGRES)),
    MYSQL_SSLMODE("sslmode", "disable|prefer|require|verify-ca|verify-full", Set.of(DsnType.MYSQL)),
    SSLROOTCERT("sslrootcert", ".+", Set.of(DsnType.POSTGRES, DsnType.MYSQL)),
    SSLCERT("sslcert", ".+", Set.of(DsnType.POSTGRES)),
    SSLKEY("sslkey", ".+", Set.of(DsnType.POSTGRES)),
    CONNECT_TIMEOUT("connect_timeout", "[1-9][0-9]{0,2}", Set.of(DsnType.POSTGRES, DsnType.MYSQL)),
    SEARCH_PATH("search_path", ".+", Set.of(DsnType.POSTGRES)),
    APPLICATION_NAME("application_name", "[\\x20-\\x7e]{1,63}", Set.of(DsnType.POSTGRES));

    private final String key;
    private final String form;
    private final Set<DsnType> types;

    DsnParameter(String key, String form, Set<DsnType> types) {
        this.key = key;
        this.form = form;
        this.types = types;
    }

    static Optional<DsnParameter> named(String key, DsnType type) {
        return Arrays.stream(values())
                .filter(parameter -> parameter.key.equals(key) && parameter.types.contains(type))
                .findFirst();
    }

    static List<String> keys(DsnType type) {
        return Arrays.stream(values())
                .filter(parameter -> parameter.types.contains(type))
                .map(parameter -> parameter.key)
                .toList();
    }

    boolean accepts(String value) {
        return Pattern.matches(form, value);
    }

    /// What a value looks like, for messages.
    String form() {
        return form.equals(".+") ? "text" : form.replace("[1-9][0-9]{0,2}", "seconds from 1 to 999");
    }
}
