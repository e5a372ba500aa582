package dev.freshet.catalog;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Splits a column's name into words: `customerEMailAddr2` is customer, e, mail, addr, 2.
final class NameWords {
    private NameWords() {}

    static List<String> of(String name) {
        String plain = Normalizer.normalize(name.replace("ß", "ss").replace("ł", "l"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "");
        String spaced = plain.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                .replaceAll("(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .replaceAll("(?<=[a-zA-Z])(?=[0-9])", " ")
                .replaceAll("(?<=[0-9])(?=[a-zA-Z])", " ");
        return Arrays.stream(spaced.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
