package dev.freshet.source.postgres;

import java.net.IDN;
import java.text.Normalizer;

/// Makes one form of the many that a password can be typed in (RFC 4013), as PostgreSQL does: what has no such form is
/// left as it is.
final class SaslPrep {
    private static final int IDEOGRAPHIC_STOP = 0x3002;

    private SaslPrep() {}

    static String of(String password) {
        if (password.chars().allMatch(letter -> letter >= ' ' && letter < 0x7F)) {
            return password;
        }
        StringBuilder mapped = new StringBuilder();
        password.codePoints()
                .filter(letter -> !isNothing(letter))
                .forEach(letter -> mapped.appendCodePoint(isSpace(letter) ? ' ' : letter));
        String normal = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        boolean allowed = !normal.isEmpty() && normal.codePoints().allMatch(SaslPrep::isAllowed) && isOneWay(normal);
        return allowed ? normal : password;
    }

    /// RFC 3454, table C.1.2.
    private static boolean isSpace(int letter) {
        return letter == 0x200B || Character.getType(letter) == Character.SPACE_SEPARATOR;
    }

    /// RFC 3454, table B.1, but for what is taken for a space.
    private static boolean isNothing(int letter) {
        return switch (letter) {
            case 0x00AD, 0x034F, 0x1806, 0x200C, 0x200D, 0x2060, 0xFEFF -> true;
            default -> (letter >= 0x180B && letter <= 0x180D) || (letter >= 0xFE00 && letter <= 0xFE0F);
        };
    }

    /// What host names may not hold is what passwords may not hold, but for control characters: the tables of
    /// forbidden and of unassigned letters are the same.
    private static boolean isAllowed(int letter) {
        if (letter < 0x7F || letter == IDEOGRAPHIC_STOP) {
            return letter >= ' ';
        }
        try {
            IDN.toASCII(Character.toString(letter));
            return letter != 0x7F;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// Letters of scripts that run from right to left stand first and last, and beside none of the other direction.
    private static boolean isOneWay(String text) {
        if (text.codePoints().noneMatch(SaslPrep::isFromRight)) {
            return true;
        }
        return isFromRight(text.codePointAt(0))
                && isFromRight(text.codePointBefore(text.length()))
                && text.codePoints()
                        .noneMatch(letter ->
                                Character.getDirectionality(letter) == Character.DIRECTIONALITY_LEFT_TO_RIGHT);
    }

    private static boolean isFromRight(int letter) {
        byte direction = Character.getDirectionality(letter);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
