package dev.freshet.table;

/// The order of texts by code point, which is also that of their UTF-8 bytes; Java's own order differs beyond
/// U+FFFF.
final class CodePoints {
    private CodePoints() {}

    static int compare(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int left = a.codePointAt(i);
            int right = b.codePointAt(i);
            if (left != right) {
                return Integer.compare(left, right);
            }
            i += Character.charCount(left);
        }
        return Integer.compare(a.length(), b.length());
    }
}
