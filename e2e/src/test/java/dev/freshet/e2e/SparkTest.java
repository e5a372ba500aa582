package dev.freshet.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The foreign reader itself: proven on a table that neither Freshet nor Spark wrote.
class SparkTest {
    private static final String LOG = """
            {"protocol":{"minReaderVersion":1,"minWriterVersion":2}}
            {"metaData":{"id":"a","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\
            \\"fields\\":[{\\"name\\":\\"id\\",\\"type\\":\\"integer\\",\\"nullable\\":true,\\"metadata\\":{}}]}",\
            "partitionColumns":[],"configuration":{},"createdTime":0}}
            {"add":{"path":"a.parquet","partitionValues":{},"size":%d,"modificationTime":0,"dataChange":true}}
            """;

    @TempDir
    Path table;

    @Test
    void sparkReadsADeltaTable() throws IOException, InterruptedException, SQLException {
        Path file = table.resolve("a.parquet");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
            duckDb.createStatement().execute("COPY (SELECT range::INT AS id FROM range(3)) TO '" + file + "'");
        }
        Files.createDirectory(table.resolve("_delta_log"));
        Files.writeString(table.resolve("_delta_log/00000000000000000000.json"), LOG.formatted(Files.size(file)));

        assertThat(Spark.query("SELECT * FROM delta.`" + table + "` ORDER BY id"))
                .containsExactly("{\"id\":0}", "{\"id\":1}", "{\"id\":2}");
    }
}
