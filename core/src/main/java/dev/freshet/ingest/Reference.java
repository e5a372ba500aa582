package dev.freshet.ingest;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a secret is to be found: `${env:NAME}` or `${file:PATH}`.
record Reference(Kind kind, String name) {
    private static final Pattern FORM = Pattern.compile("\\$\\{(env:([A-Za-z_][A-Za-z0-9_]*)|file:([^}]+))}");

    enum Kind {
        ENV,
        FILE
    }

    static Optional<Reference> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                form.group(2) != null
                        ? new Reference(Kind.ENV, form.group(2))
                        : new Reference(Kind.FILE, form.group(3)));
    }

    /// The name that `secrets.allow` is matched against; a path without its detours.
    String canonicalName() {
        return switch (kind) {
            case ENV -> "env:" + name;
            case FILE -> "file:" + Path.of(name).toAbsolutePath().normalize();
        };
    }

    @Override
    public String toString() {
        return "${" + (kind == Kind.ENV ? "env:" : "file:") + name + "}";
    }
}
