package dev.freshet.catalog;

import java.util.Collections;
import java.util.List;

/// Some words that, one after the other in a column's name, give it away.
record NameRule(Sensitivity sensitivity, double score, List<String> words) {
    /// Where in the name the words begin, the last time; -1 if they do not stand there.
    int find(List<String> name) {
        return Collections.lastIndexOfSubList(name, words);
    }

    String phrase() {
        return String.join(" ", words);
    }
}
