package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.ColumnType;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.ColumnPolicy;
import dev.freshet.ingest.TableRequest;
import dev.freshet.source.Reads;
import dev.freshet.source.TestDatabase;
import dev.freshet.source.TypeRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresTypesTest {
    private TestDatabase database;

    TestDatabase database() throws IOException, InterruptedException {
        return PostgresDatabase.started();
    }

    @BeforeAll
    void types() throws IOException, InterruptedException {
        database = database();
        database.run(
                "CREATE EXTENSION IF NOT EXISTS hstore",
                "CREATE EXTENSION IF NOT EXISTS citext",
                "DROP TYPE IF EXISTS mood CASCADE",
                "DROP DOMAIN IF EXISTS price CASCADE",
                "DROP DOMAIN IF EXISTS counts CASCADE",
                "DROP TYPE IF EXISTS pair CASCADE",
                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                "CREATE DOMAIN price AS numeric(10,2)",
                "CREATE DOMAIN cheap AS price",
                "CREATE DOMAIN counts AS integer[]",
                "CREATE TYPE pair AS (a integer, b text)");
    }

    static List<TypeRow> documented() {
        return Stream.concat(
                        TypeRow.below("## PostgreSQL").stream(), TypeRow.below("### PostgreSQL: at the edges").stream())
                .toList();
    }

    static List<TypeRow> misfits() {
        return TypeRow.below("### PostgreSQL: values that do not fit");
    }

    static List<TypeRow> askedFor() {
        return TypeRow.below("### PostgreSQL: other types, asked for");
    }

    @ParameterizedTest
    @MethodSource("documented")
    void aValueArrivesAsDocumented(TypeRow row) throws InterruptedException {
        table(row);
        Reads.Result result = Reads.read(database, "typed");
        assertThat(result.schema().column(0).type().deltaName()).isEqualTo(row.cell(2));
        assertThat(Reads.show(result.value(0, 0))).isEqualTo(row.cell(3));
        assertThat(result.value(1, 0)).isNull();
        assertThat(result.schema().column(0).metadata().get("freshet.source_type"))
                .isEqualTo(
                        database.print(
                                "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'typed'::regclass AND attnum = 1"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aValueThatDoesNotFitIsNamedWithTheRemedy(TypeRow row) {
        table(row);
        assertThatThrownBy(() -> Reads.read(database, "typed"))
                .isInstanceOf(FreshetException.class)
                .satisfies(e -> assertThat(((FreshetException) e).code()).isEqualTo(ErrorCode.VALUE_MISFIT))
                .hasMessageContaining("public.typed")
                .hasMessageContaining("column c")
                .hasMessageContaining(row.cell(2))
                .hasMessageContaining("in row 1")
                .hasMessageContaining("columns: {c: {as: \"string\"}}")
                .hasMessageContaining("--as c=string");
    }

    @ParameterizedTest
    @MethodSource("askedFor")
    void aColumnArrivesAsAskedFor(TypeRow row) throws InterruptedException {
        table(row);
        ColumnType as = ColumnType.parse(row.cell(2));
        Reads.Result result = Reads.read(
                database, database.admin(), new TableRequest("typed", Map.of("c", new ColumnPolicy(as)), List.of()));
        assertThat(result.schema().column(0).type()).isEqualTo(as);
        assertThat(Reads.show(result.value(0, 0))).isEqualTo(row.cell(3));
        assertThat(result.value(1, 0)).isNull();
    }

    static List<TypeRow> madeToFit() {
        return TypeRow.below("### PostgreSQL: values made to fit");
    }

    @ParameterizedTest
    @MethodSource("madeToFit")
    void aValueIsMadeToFitAndCounted(TypeRow row) throws InterruptedException {
        table(row);
        ColumnPolicy policy = row.policy();
        TableRequest request = new TableRequest("typed", Map.of("c", policy), List.of());
        Reads.Result result = Reads.read(database, database.admin(), request);
        assertThat(result.schema().column(0).type()).isEqualTo(policy.as());
        assertThat(Reads.show(result.value(0, 0))).isEqualTo(row.cell(4));
        assertThat(result.value(1, 0)).isNull();
        assertThat(request.mended()).hasToString("{c=1}");
    }

    private void table(TypeRow row) {
        String type = row.cell(0).replaceAll("`.*", "");
        String value = row.cell(1).replace("'", "''");
        database.run(
                "DROP TABLE IF EXISTS typed",
                "CREATE TABLE typed (c %s)".formatted(type),
                "INSERT INTO typed VALUES ('%s'::%s), (NULL)".formatted(value, type));
    }
}
