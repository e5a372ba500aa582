package dev.freshet.table;

import dev.freshet.batch.Column;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which tables of other engines we can read and commit to. What is merely allowed by a table but not used is no
/// obstacle; what is used and not understood is refused by name.
final class Support {
    private static final Set<String> READABLE = Set.of(
            "columnMapping",
            "deletionVectors",
            TableProtocol.TIMESTAMP_NTZ,
            "typeWidening",
            "typeWidening-preview",
            "v2Checkpoint",
            "vacuumProtocolCheck");
    private static final Set<String> WRITABLE = Set.of(
            "appendOnly",
            "changeDataFeed",
            "checkConstraints",
            "checkpointProtection",
            "clustering",
            TableProtocol.DOMAIN_METADATA,
            "generatedColumns",
            "identityColumns",
            "inCommitTimestamp",
            "invariants");
    private static final Set<String> COLUMN_RULES = Set.of(
            "delta.invariants",
            "delta.generationExpression",
            "delta.identity.start",
            "delta.identity.step",
            "delta.identity.highWaterMark");

    private Support() {}

    static void requireReadable(String table, TableProtocol protocol, TableMetadata metadata) {
        if (protocol.isBeyondVersions()) {
            throw refused(table, "read", "protocol " + protocol.minReader() + "/" + protocol.minWriter());
        }
        firstBeyond(protocol.toRead(), READABLE).ifPresent(feature -> {
            throw refused(table, "read", "the feature " + feature);
        });
        String mapping = metadata.properties().getOrDefault("delta.columnMapping.mode", "none");
        if (!mapping.equals("none")) {
            throw refused(table, "read", "column mapping by " + mapping);
        }
    }

    static void requireWritable(String table, TableProtocol protocol, TableMetadata metadata) {
        Set<String> known = new TreeSet<>(READABLE);
        known.addAll(WRITABLE);
        firstBeyond(protocol.toWrite(), known).ifPresent(feature -> {
            throw refused(table, "write", "the feature " + feature);
        });
        rule(metadata).ifPresent(rule -> {
            throw refused(table, "write", rule);
        });
    }

    /// Some features ask of whoever cleans a log more than we know.
    static boolean isProtectedFromCleaning(TableProtocol protocol) {
        return protocol.toWrite().contains("checkpointProtection");
    }

    static boolean isAppendOnly(TableMetadata metadata) {
        return isTrue(metadata, "delta.appendOnly");
    }

    private static Optional<String> rule(TableMetadata metadata) {
        if (isTrue(metadata, "delta.enableInCommitTimestamps")) {
            return Optional.of("in-commit timestamps");
        }
        Optional<String> constraint = metadata.properties().keySet().stream()
                .filter(key -> key.startsWith("delta.constraints."))
                .findFirst()
                .map(key -> "the constraint " + key.substring("delta.constraints.".length()));
        return constraint.or(() -> metadata.schema().columns().stream()
                .flatMap(column -> rules(column).stream())
                .findFirst());
    }

    private static List<String> rules(Column column) {
        return column.metadata().keySet().stream()
                .filter(COLUMN_RULES::contains)
                .map(key -> key + " of column '" + column.name() + "'")
                .toList();
    }

    private static boolean isTrue(TableMetadata metadata, String property) {
        return metadata.properties().getOrDefault(property, "false").equalsIgnoreCase("true");
    }

    private static Optional<String> firstBeyond(Set<String> features, Set<String> known) {
        return features.stream().filter(feature -> !known.contains(feature)).findFirst();
    }

    private static FreshetException refused(String table, String verb, String what) {
        return new FreshetException(
                ErrorCode.UNSUPPORTED,
                "table %s uses %s, which Freshet cannot %s; remove it with the engine that added it"
                        .formatted(table, what, verb));
    }
}
