package dev.freshet.schedule;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.regex.Pattern;

/// What schedules and datasets may be called. A name becomes a folder of the lake, so it is short, plain, and never
/// a path.
public final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private Names() {}

    /// Returns the name, or refuses it with a `BAD_DEFINITION` that says what is allowed.
    public static String require(String what, String name) {
        if (NAME.matcher(name).matches()) {
            return name;
        }
        throw new FreshetException(
                ErrorCode.BAD_DEFINITION,
                what + " '" + shortened(name) + "' is not a valid name: use letters, digits, '_', '.' and '-', "
                        + "begin with a letter, a digit or '_', and stay within 128 characters");
    }

    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
