package dev.freshet.parquet;

import java.util.Optional;

/// Short bounds for long text, in code point order.
final class TextBounds {
    private TextBounds() {}

    /// The first characters of a text, which are never above it.
    static String lower(String text, int characters) {
        return isLonger(text, characters) ? cut(text, characters) : text;
    }

    /// A text of at most so many characters that is not below the given one; there may be none.
    static Optional<String> upper(String text, int characters) {
        return isLonger(text, characters) ? above(cut(text, characters)) : Optional.of(text);
    }

    /// The lowest text, no longer, that is above every text that begins with the given one.
    static Optional<String> above(String text) {
        int end = text.length();
        while (end > 0) {
            int last = text.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                return Optional.of(text.substring(0, end) + Character.toString(next(last)));
            }
        }
        return Optional.empty();
    }

    private static int next(int codePoint) {
        return codePoint == Character.MIN_SURROGATE - 1 ? Character.MAX_SURROGATE + 1 : codePoint + 1;
    }

    private static boolean isLonger(String text, int characters) {
        return text.length() > characters && text.codePointCount(0, text.length()) > characters;
    }

    private static String cut(String text, int characters) {
        return text.substring(0, text.offsetByCodePoints(0, characters));
    }
}
