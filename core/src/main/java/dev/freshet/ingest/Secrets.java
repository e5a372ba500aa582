package dev.freshet.ingest;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Looks secrets up by reference, `${env:NAME}` or `${file:PATH}`, when a run needs them and never before.
/// Which references may be used is the setting `secrets.allow`: patterns such as `env:PG_*` or
/// `file:/run/secrets/*`, where `*` is any text. Nothing looked up is kept. Safe for use by many threads.
public final class Secrets {
    private static final long MAX_FILE_BYTES = 65_536;

    private final List<String> allow;
    private final Function<String, Optional<String>> environment;

    public Secrets(List<String> allow, Function<String, Optional<String>> environment) {
        this.allow = List.copyOf(allow);
        this.environment = environment;
    }

    /// All references, looked up in this process's environment and file system.
    public static Secrets ofProcess() {
        return ofProcess(List.of("*"));
    }

    /// The references that a pattern allows, looked up in this process's environment and file system.
    public static Secrets ofProcess(List<String> allow) {
        return new Secrets(allow, name -> Optional.ofNullable(System.getenv(name)));
    }

    /// @throws FreshetException if no pattern allows the reference, or there is nothing behind it
    String lookUp(Reference reference) {
        checkAllowed(reference);
        String secret = switch (reference.kind()) {
            case ENV -> fromEnvironment(reference);
            case FILE -> fromFile(reference);
        };
        if (secret.isEmpty()) {
            throw new FreshetException(ErrorCode.SECRET_MISSING, reference + " is empty");
        }
        return secret;
    }

    private void checkAllowed(Reference reference) {
        String name = reference.canonicalName();
        if (allow.stream().noneMatch(pattern -> matches(pattern, name))) {
            throw new FreshetException(
                    ErrorCode.SECRET_REFUSED,
                    "%s is not allowed by secrets.allow (%s): add a pattern for '%s'"
                            .formatted(reference, String.join(", ", allow), name));
        }
    }

    private static boolean matches(String pattern, String name) {
        return name.matches("(?s)" + Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
    }

    private String fromEnvironment(Reference reference) {
        return environment
                .apply(reference.name())
                .orElseThrow(() -> new FreshetException(
                        ErrorCode.SECRET_MISSING,
                        "%s: the environment variable %s is not set for this process"
                                .formatted(reference, reference.name())));
    }

    private static String fromFile(Reference reference) {
        Path path = Path.of(reference.name());
        try {
            if (Files.size(path) > MAX_FILE_BYTES) {
                throw new FreshetException(
                        ErrorCode.SECRET_MISSING, reference + ": the file is too large to be a password");
            }
            return Files.readString(path).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw new FreshetException(
                    ErrorCode.SECRET_MISSING,
                    "%s: the file cannot be read (%s)"
                            .formatted(reference, e.getClass().getSimpleName()),
                    e);
        }
    }
}
