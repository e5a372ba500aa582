package dev.freshet.ingest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes secrets out of text: passwords by their place in a DSN (`scheme://user:secret@host` up to the last
/// `@`, `password=secret` as parameter or key), and secrets known by value, also URL-encoded. Everything that a
/// driver says passes through here before anyone sees it. Immutable; rather hides too much than too little.
public final class Redaction {
    private static final String MASK = "***";
    private static final Pattern WHOLE_DSN = Pattern.compile("^\\s*[A-Za-z][A-Za-z0-9+.-]*://", Pattern.DOTALL);
    private static final Pattern USER_PART = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)([^\\s:/?]*):(\\S*)@");
    private static final Pattern WHOLE_USER_PART =
            Pattern.compile("^(\\s*[A-Za-z][A-Za-z0-9+.-]*://)([^:]*):(.*)@", Pattern.DOTALL);
    /// Not MySQL's `(using password: YES)`, which gives nothing away.
    private static final String KEY =
            "(?i)(?:password|passwd|pwd|passphrase|secret|token)[\"']?\\s*[=:]\\s*(?!(?:YES|NO)\\))";

    private static final String QUOTED = "'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern KEYED =
            Pattern.compile("([?&]\\w*" + KEY + ")(" + QUOTED + "|[^\\s&]+)|(" + KEY + ")(" + QUOTED + "|\\S+)");

    private final List<String> secrets;

    private Redaction(List<String> secrets) {
        this.secrets = secrets;
    }

    /// A redaction that also hides these values wherever they stand.
    public static Redaction of(Collection<String> secrets) {
        List<String> forms = new ArrayList<>();
        for (String secret : secrets) {
            if (!secret.isBlank()) {
                String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
                forms.add(secret);
                forms.add(encoded);
                forms.add(encoded.replace("+", "%20"));
            }
        }
        forms.sort(Comparator.comparingInt(String::length).reversed());
        return new Redaction(List.copyOf(forms));
    }

    /// The text without the passwords that their place gives away.
    public static String redact(String text) {
        return keyed(userParts(text));
    }

    /// The text without the known secrets and without the passwords that their place gives away.
    public String apply(@Nullable String text) {
        String result = text == null ? "" : text;
        for (String secret : secrets) {
            result = Pattern.compile(secret, Pattern.LITERAL | Pattern.CASE_INSENSITIVE)
                    .matcher(result)
                    .replaceAll(Matcher.quoteReplacement(MASK));
        }
        return redact(result);
    }

    /// An exception that says what this one says, secrets taken out, and stands where it stood; for use as a
    /// cause.
    public Exception apply(Throwable thrown) {
        Exception copy = new RedactedException(
                thrown.getClass().getName() + ": " + apply(thrown.getMessage()),
                thrown.getCause() == null ? null : apply(thrown.getCause()));
        copy.setStackTrace(thrown.getStackTrace());
        return copy;
    }

    private static String userParts(String text) {
        Pattern pattern = WHOLE_DSN.matcher(text).find() ? WHOLE_USER_PART : USER_PART;
        return pattern.matcher(text).replaceAll("$1$2:" + Matcher.quoteReplacement(MASK) + "@");
    }

    private static String keyed(String text) {
        return KEYED.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement((found.group(1) != null ? found.group(1) : found.group(3)) + MASK));
    }

    /// What remains of a driver's exception.
    private static final class RedactedException extends Exception {
        RedactedException(String message, @Nullable Exception cause) {
            super(message, cause);
        }

        @Override
        public String toString() {
            return String.valueOf(getMessage());
        }
    }
}
