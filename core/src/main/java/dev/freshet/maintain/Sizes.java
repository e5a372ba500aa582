package dev.freshet.maintain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes as Delta's properties hold them: `104857600`, `100mb`.
final class Sizes {
    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,11})(b|kb|mb|gb)?");

    private Sizes() {}

    /// Empty if the text is no size.
    static Optional<Long> bytes(String text) {
        Matcher parts = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            return Optional.empty();
        }
        int shift = switch (parts.group(2)) {
            case "kb" -> 10;
            case "mb" -> 20;
            case "gb" -> 30;
            case null, default -> 0;
        };
        return Optional.of(Long.parseLong(parts.group(1)) << shift);
    }
}
