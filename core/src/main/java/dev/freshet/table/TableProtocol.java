package dev.freshet.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The versions and features that a table demands of its readers and writers (Delta protocol, "Table Features").
record TableProtocol(int minReader, int minWriter, Set<String> readerFeatures, Set<String> writerFeatures) {
    private static final int FEATURES_READER = 3;
    private static final int FEATURES_WRITER = 7;
    static final String DOMAIN_METADATA = "domainMetadata";
    static final String TIMESTAMP_NTZ = "timestampNtz";

    /// What a legacy writer version stands for, from version 2 on; each includes those before it.
    private static final List<List<String>> LEGACY_WRITER = List.of(
            List.of("appendOnly", "invariants"),
            List.of("checkConstraints"),
            List.of("changeDataFeed", "generatedColumns"),
            List.of("columnMapping"),
            List.of("identityColumns"));

    TableProtocol {
        readerFeatures = Collections.unmodifiableSet(new TreeSet<>(readerFeatures));
        writerFeatures = Collections.unmodifiableSet(new TreeSet<>(writerFeatures));
    }

    /// That of a table of ours: any reader can read it.
    static TableProtocol plain() {
        return new TableProtocol(1, FEATURES_WRITER, Set.of(), Set.of("appendOnly", "invariants", DOMAIN_METADATA));
    }

    /// The features that reading the table's rows takes.
    Set<String> toRead() {
        Set<String> features = new TreeSet<>(readerFeatures);
        if (minReader == 2) {
            features.add("columnMapping");
        }
        return features;
    }

    /// The features that committing to the table takes.
    Set<String> toWrite() {
        Set<String> features = new TreeSet<>(writerFeatures);
        if (minWriter < FEATURES_WRITER) {
            LEGACY_WRITER.subList(0, Math.max(0, minWriter - 1)).forEach(features::addAll);
        }
        return features;
    }

    /// The same with a feature that only writers need to know.
    TableProtocol withWriterFeature(String feature) {
        return toWrite().contains(feature)
                ? this
                : new TableProtocol(minReader, FEATURES_WRITER, readerFeatures, plus(toWrite(), feature));
    }

    /// The same with a feature that readers need to know, too.
    TableProtocol withFeature(String feature) {
        return toRead().contains(feature)
                ? this
                : new TableProtocol(
                        FEATURES_READER, FEATURES_WRITER, plus(toRead(), feature), plus(toWrite(), feature));
    }

    boolean isBeyondVersions() {
        return minReader > FEATURES_READER || minWriter > FEATURES_WRITER;
    }

    private static Set<String> plus(Collection<String> features, String feature) {
        Set<String> all = new TreeSet<>(features);
        all.add(feature);
        return all;
    }

    ObjectNode json() {
        ObjectNode node = Json.object();
        node.put("minReaderVersion", minReader);
        node.put("minWriterVersion", minWriter);
        if (minReader == FEATURES_READER) {
            put(node.putArray("readerFeatures"), readerFeatures);
        }
        if (minWriter == FEATURES_WRITER) {
            put(node.putArray("writerFeatures"), writerFeatures);
        }
        return node;
    }

    static TableProtocol parse(JsonNode node) {
        return new TableProtocol(
                node.path("minReaderVersion").asInt(),
                node.path("minWriterVersion").asInt(),
                texts(node.path("readerFeatures")),
                texts(node.path("writerFeatures")));
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static void put(ArrayNode array, Set<String> features) {
        features.forEach(array::add);
    }
}
