package dev.freshet.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Tells from a column's name whether its values are sensitive. The name is split into words, whatever its style;
/// a known phrase counts unless the words around it show that the column only says something about such a value,
/// as `email_template_id` and `is_phone_verified` do. A column called just `name` is not taken for a person's:
/// products, files and companies have names too; `customer_name` is. Stateless.
public final class ColumnNames {
    /// By their first words.
    private static final Map<String, List<NameRule>> RULES = NameRules.all().stream()
            .collect(Collectors.groupingBy(rule -> rule.words().getFirst()));

    private static final Comparator<NameRule> BEST = Comparator.comparing(NameRule::sensitivity)
            .thenComparing(NameRule::score)
            .thenComparing(rule -> rule.words().size());

    private ColumnNames() {}

    public static Classification classify(String columnName) {
        List<String> words = NameWords.of(columnName);
        return words.stream()
                .distinct()
                .flatMap(word -> RULES.getOrDefault(word, List.of()).stream())
                .filter(rule -> holds(rule, words))
                .max(BEST)
                .map(ColumnNames::classification)
                .orElse(Classification.NONE);
    }

    private static Classification classification(NameRule rule) {
        return new Classification(rule.sensitivity(), rule.score(), "the column's name says \"" + rule.phrase() + "\"");
    }

    private static boolean holds(NameRule rule, List<String> words) {
        int at = rule.find(words);
        return at >= 0 && !isAbout(words, at + rule.words().size()) && !isAsked(words, at) && !isTechnical(words, at);
    }

    private static boolean isAbout(List<String> words, int after) {
        return words.subList(after, words.size()).stream().anyMatch(NameRules.ABOUT::contains);
    }

    private static boolean isAsked(List<String> words, int at) {
        return (at > 0 && NameRules.YES_OR_COUNT.contains(words.getFirst()))
                || (at > 1 && words.get(0).equals("number") && words.get(1).equals("of"));
    }

    private static boolean isTechnical(List<String> words, int at) {
        return at > 0 && words.get(at).startsWith("addr") && NameRules.TECHNICAL.contains(words.get(at - 1));
    }
}
