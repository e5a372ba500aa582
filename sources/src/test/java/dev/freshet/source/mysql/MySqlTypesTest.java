package dev.freshet.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.ColumnType;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.ColumnPolicy;
import dev.freshet.ingest.TableRequest;
import dev.freshet.source.Reads;
import dev.freshet.source.TypeRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MySqlTypesTest {
    private static MariaDatabase database;

    @BeforeAll
    static void start() {
        database = MariaDatabase.started();
    }

    static List<TypeRow> documented() {
        return TypeRow.below("## MySQL and MariaDB");
    }

    static List<TypeRow> misfits() {
        return TypeRow.below("### MySQL and MariaDB: values that do not fit");
    }

    static List<TypeRow> askedFor() {
        return TypeRow.below("### MySQL and MariaDB: other types, asked for");
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
                                "SELECT COLUMN_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'shop' AND TABLE_NAME = 'typed'"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void aValueThatDoesNotFitIsNamedWithTheRemedy(TypeRow row) {
        table(row);
        assertThatThrownBy(() -> Reads.read(database, "typed"))
                .isInstanceOf(FreshetException.class)
                .satisfies(e -> assertThat(((FreshetException) e).code()).isEqualTo(ErrorCode.VALUE_MISFIT))
                .hasMessageContaining("shop.typed")
                .hasMessageContaining("column c")
                .hasMessageContaining(row.cell(2))
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
        return TypeRow.below("### MySQL and MariaDB: values made to fit");
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

    private static void table(TypeRow row) {
        database.run(
                "SET sql_mode = 'ALLOW_INVALID_DATES'",
                "DROP TABLE IF EXISTS typed",
                "CREATE TABLE typed (c %s)".formatted(row.cell(0)),
                "INSERT INTO typed VALUES (%s), (NULL)".formatted(row.cell(1)));
    }
}
