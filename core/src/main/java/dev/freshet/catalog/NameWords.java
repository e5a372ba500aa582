package dev.freshet.catalog;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Splits a column's name into words: `customerEMailAddr2` is customer, e, mail, addr, 2.
final class NameWords {
    private static final Pattern MARKS = Pattern.compile("\\p{M}");
    /// Whatever is no letter or digit, and where small letters, capitals, capitalized words and digits follow each
    /// other.
    private static final Pattern BOUNDARY = Pattern.compile("[^a-zA-Z0-9]+|(?<=[a-z0-9])(?=[A-Z])"
            + "|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=[0-9])|(?<=[0-9])(?=[a-zA-Z])");

    private NameWords() {}

    static List<String> of(String name) {
        String decomposed = Normalizer.normalize(name.replace("ß", "ss").replace("ł", "l"), Normalizer.Form.NFD);
        return BOUNDARY.splitAsStream(MARKS.matcher(decomposed).replaceAll(""))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}
