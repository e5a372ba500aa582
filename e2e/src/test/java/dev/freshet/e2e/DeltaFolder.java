package dev.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Delta table read by its protocol's text: the log is replayed from its first commit, DuckDB reads the files.
record DeltaFolder(Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// One commit of the log.
    record Commit(long version, List<JsonNode> actions) {
        Stream<JsonNode> all(String kind) {
            return actions.stream().filter(action -> action.has(kind)).map(action -> action.path(kind));
        }

        boolean changesData() {
            return Stream.concat(all("add"), all("remove"))
                    .anyMatch(file -> file.path("dataChange").asBoolean());
        }

        /// When its writer put it, by its writer's clock.
        Instant time() {
            return Instant.ofEpochMilli(all("commitInfo")
                    .findFirst()
                    .orElseThrow()
                    .path("timestamp")
                    .asLong());
        }

        /// The fence of an ingest's commit, in a form whose order is the fences' own.
        Optional<String> fence() {
            return domain("freshet.ingest")
                    .map(mark -> mark.path("fence"))
                    .map(fence -> "%019d/%019d"
                            .formatted(fence.path(0).asLong(), fence.path(1).asLong()));
        }

        /// What the commit says in a metadata domain.
        Optional<JsonNode> domain(String name) {
            return all("domainMetadata")
                    .filter(domain -> domain.path("domain").asText().equals(name))
                    .map(domain -> parse(domain.path("configuration").asText()))
                    .findFirst();
        }
    }

    /// A column: its name, and its Delta type as in `decimal(10,2)` or `array<long>`.
    record Column(String name, String type) {
        private static Column of(JsonNode field) {
            return new Column(field.path("name").asText(), type(field.path("type")));
        }

        private static String type(JsonNode type) {
            return type.isTextual() ? type.asText() : "array<" + type(type.path("elementType")) + ">";
        }
    }

    Path log() {
        return folder.resolve("_delta_log");
    }

    List<Commit> commits() {
        try (Stream<Path> files = Files.list(log())) {
            return files.filter(file -> file.getFileName().toString().matches("\\d{20}\\.json"))
                    .sorted()
                    .map(DeltaFolder::commit)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path commitFile(long version) {
        return log().resolve("%020d.json".formatted(version));
    }

    static Commit commit(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            long version = Long.parseLong(file.getFileName().toString().substring(0, 20));
            return new Commit(
                    version,
                    lines.filter(line -> !line.isBlank())
                            .map(DeltaFolder::parse)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long version() {
        return commits().getLast().version();
    }

    List<Column> columns() {
        return commits().reversed().stream()
                .flatMap(commit -> commit.all("metaData"))
                .findFirst()
                .map(metadata -> parse(metadata.path("schemaString").asText()))
                .stream()
                .flatMap(schema -> schema.path("fields").valueStream())
                .map(Column::of)
                .toList();
    }

    /// The active files, of the newest version or of an older one.
    Set<Path> files(long version) {
        Set<Path> active = new LinkedHashSet<>();
        for (Commit commit : commits()) {
            if (commit.version() <= version) {
                commit.all("remove").map(this::file).forEach(active::remove);
                commit.all("add").map(this::file).forEach(active::add);
            }
        }
        return active;
    }

    private Path file(JsonNode action) {
        String path = action.path("path").asText().replace("+", "%2B");
        return folder.resolve(URLDecoder.decode(path, StandardCharsets.UTF_8));
    }

    /// The rows of `SELECT <columns> FROM <the table> <rest>`, every value as text.
    List<List<String>> select(String columns, String rest) {
        return select(columns, rest, Long.MAX_VALUE);
    }

    List<List<String>> select(String columns, String rest, long version) {
        Set<Path> files = files(version);
        if (files.isEmpty()) {
            return List.of();
        }
        String list = files.stream()
                .map(file -> "'" + file.toString().replace("'", "''") + "'")
                .collect(Collectors.joining(","));
        String sql = "SELECT " + columns + " FROM read_parquet([" + list
                + "], hive_partitioning = false, union_by_name = true) t " + rest;
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
            duckDb.createStatement().execute("SET TimeZone = 'UTC'");
            duckDb.createStatement().execute("SET threads = 1");
            return Database.rows(duckDb, sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /// Every row as an object; times look like `2026-01-31 12:00:00.5+00`.
    List<JsonNode> objects(String rest) {
        return select("to_json(t)", rest).stream()
                .map(row -> parse(row.getFirst()))
                .toList();
    }
}
