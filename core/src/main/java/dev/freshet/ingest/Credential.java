package dev.freshet.ingest;

import java.util.Optional;

/// A user name or password as a DSN writes it: percent-encoded text, or one reference to where it is kept.
record Credential(String text) {
    Optional<Reference> reference() {
        return Reference.parse(text);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /// Whether the text itself is the value, or a part of it.
    boolean literal() {
        return !isEmpty() && reference().isEmpty();
    }

    String value(Secrets secrets) {
        return reference().map(secrets::lookUp).orElseGet(() -> PercentCode.decode(text));
    }

    @Override
    public String toString() {
        return reference().map(Reference::toString).orElse("***");
    }
}
