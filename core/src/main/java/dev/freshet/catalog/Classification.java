package dev.freshet.catalog;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// What a column was found to be, how sure that is (0 to 1), and why, for a person to judge. Immutable.
public record Classification(Sensitivity sensitivity, double score, String reason) {
    static final String SENSITIVITY = "freshet.sensitivity";
    private static final String SCORE = "freshet.sensitivity_score";
    private static final String REASON = "freshet.sensitivity_reason";

    static final Classification NONE = new Classification(Sensitivity.NONE, 0, "");

    /// The column metadata that records it; nothing for a column that is not sensitive.
    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (sensitivity != Sensitivity.NONE) {
            metadata.put(SENSITIVITY, sensitivity.text());
            metadata.put(SCORE, String.format(Locale.ROOT, "%.2f", score));
            metadata.put(REASON, reason);
        }
        return metadata;
    }
}
