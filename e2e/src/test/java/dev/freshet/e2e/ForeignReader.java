package dev.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads datasets with an engine that is not ours. The first column of each table numbers its rows; every cell comes
/// as the text that the engine makes of it.
enum ForeignReader {
    /// The files that the log names, by DuckDB.
    DUCKDB {
        @Override
        Map<String, List<List<String>>> read(Map<String, DeltaFolder> tables) {
            return tables.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, table -> duckDb(table.getValue())));
        }
    },

    /// The tables, by Spark and Delta's own library; one start for all of them.
    SPARK {
        @Override
        Map<String, List<List<String>>> read(Map<String, DeltaFolder> tables) throws IOException, InterruptedException {
            String sql = tables.entrySet().stream()
                    .map(table -> spark(table.getKey(), table.getValue()))
                    .collect(Collectors.joining(" UNION ALL "));
            Map<String, List<List<String>>> rows = new HashMap<>();
            tables.keySet().forEach(name -> rows.put(name, new ArrayList<>()));
            for (String line : Spark.query(sql)) {
                JsonNode row = JSON.readTree(line);
                rows.get(row.path("name").asText()).add(texts(row.path("cells")));
            }
            return rows;
        }
    },

    /// The tables, by delta-rs, from the Python that the environment names.
    DELTA_RS {
        @Override
        Map<String, List<List<String>>> read(Map<String, DeltaFolder> tables) throws IOException, InterruptedException {
            Map<String, List<List<String>>> rows = new HashMap<>();
            for (Map.Entry<String, DeltaFolder> table : tables.entrySet()) {
                rows.put(
                        table.getKey(),
                        deltaRs(System.getenv(PYTHON), table.getValue().folder()));
            }
            return rows;
        }
    };

    /// The variable that names a Python with `deltalake` and `pyarrow`.
    static final String PYTHON = "FRESHET_PYTHON";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT =
            Project.ROOT.resolve("e2e/src/test/python/read_delta.py").toString();

    abstract Map<String, List<List<String>>> read(Map<String, DeltaFolder> tables)
            throws IOException, InterruptedException;

    private static List<List<String>> duckDb(DeltaFolder table) {
        String columns = table.columns().stream()
                .map(column -> {
                    String name = '"' + column.name() + '"';
                    return isArray(column)
                            ? "to_json(list_transform(%s, lambda x: %s))::VARCHAR"
                                    .formatted(name, text(column, "hex(x)", "x::VARCHAR"))
                            : text(column, "hex(" + name + ")", name + "::VARCHAR");
                })
                .collect(Collectors.joining(", "));
        return table.select(columns, "");
    }

    /// Columns go by their place, so that no name needs to be printed.
    private static String spark(String name, DeltaFolder table) {
        List<DeltaFolder.Column> columns = table.columns();
        List<String> names =
                IntStream.range(0, columns.size()).mapToObj(n -> "c" + n).toList();
        String cells = IntStream.range(0, columns.size())
                .mapToObj(n -> sparkCell(columns.get(n), names.get(n)))
                .collect(Collectors.joining(", "));
        return "SELECT '%s' AS name, array(%s) AS cells FROM delta.`%s` AS t(%s)"
                .formatted(name, cells, table.folder(), String.join(", ", names));
    }

    private static String sparkCell(DeltaFolder.Column column, String name) {
        return isArray(column)
                ? "to_json(transform(%s, x -> %s))".formatted(name, text(column, "hex(x)", "CAST(x AS STRING)"))
                : text(column, "hex(" + name + ")", "CAST(" + name + " AS STRING)");
    }

    private static boolean isArray(DeltaFolder.Column column) {
        return column.type().startsWith("array<");
    }

    private static String text(DeltaFolder.Column column, String ofBytes, String ofOthers) {
        return column.type().contains("binary") ? ofBytes : ofOthers;
    }

    private static List<List<String>> deltaRs(String python, Path folder) throws IOException, InterruptedException {
        Path log = Files.createTempFile("delta-rs", ".log");
        Process process = new ProcessBuilder(python, SCRIPT, folder.toString())
                .redirectError(log.toFile())
                .start();
        JsonNode rows = JSON.readTree(process.inputReader(StandardCharsets.UTF_8));
        if (process.waitFor() != 0) {
            throw new AssertionError("delta-rs failed on " + folder + "\n" + Files.readString(log));
        }
        Files.delete(log);
        return rows.valueStream().map(ForeignReader::texts).toList();
    }

    private static List<String> texts(JsonNode cells) {
        List<String> texts = new ArrayList<>();
        cells.forEach(cell -> texts.add(cell.isNull() ? null : cell.asText()));
        return texts;
    }
}
