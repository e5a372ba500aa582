package dev.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.ColumnType.Array;
import dev.freshet.batch.ColumnType.Decimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    private static final Column ID = new Column("id", ColumnType.LONG, false);

    @Test
    void namesThatDifferOnlyByCaseAreRefused() {
        assertThatThrownBy(() -> Schema.of(ID, new Column("ID", ColumnType.INT, true)))
                .hasMessageContaining("two columns are named 'ID'");
    }

    @Test
    void aColumnIsFoundWhateverItsCase() {
        Schema schema = Schema.of(ID, new Column("Größe", ColumnType.INT, true));
        assertThat(schema.indexOf("GRÖßE")).hasValue(1);
        assertThat(schema.indexOf("size")).isEmpty();
    }

    @Test
    void theFingerprintTellsNamesTypesNullabilityAndOrderButNotMetadata() {
        Column name = new Column("name", ColumnType.STRING, true);
        String print = Schema.of(ID, name).fingerprint();
        assertThat(print).matches("[0-9a-f]{64}");
        assertThat(Schema.of(ID, name.withMetadata(Map.of("comment", "x"))).fingerprint())
                .isEqualTo(print);
        assertThat(Schema.of(name, ID).fingerprint()).isNotEqualTo(print);
        assertThat(Schema.of(ID, new Column("name", ColumnType.STRING, false)).fingerprint())
                .isNotEqualTo(print);
        assertThat(Schema.of(ID, new Column("name", ColumnType.BINARY, true)).fingerprint())
                .isNotEqualTo(print);
    }

    @Test
    void aNameThatDeltaForbidsIsExplained() {
        assertThat(Column.nameFault("a b"))
                .hasValue("column 'a b' has a space in its name, which Delta tables do not allow");
        assertThat(Column.nameFault("a(b")).isPresent();
        assertThat(Column.nameFault("")).isPresent();
        assertThat(Column.nameFault("a.b-ü\"'`$%")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"integer", "long", "timestamp_ntz", "decimal(38,10)", "array<array<decimal(5,0)>>"})
    void aTypeIsParsedFromItsName(String name) {
        assertThat(ColumnType.parse(name).deltaName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int64", "decimal(39,0)", "decimal(3,4)", "decimal(3)", "array<>", "map<string,string>"})
    void anUnknownTypeIsRefused(String name) {
        assertThatThrownBy(() -> ColumnType.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void typesAreEqualByWhatTheyAre() {
        assertThat(ColumnType.parse("array<decimal(5,2)>")).isEqualTo(new Array(new Decimal(5, 2)));
        assertThat(ColumnType.parse("string")).isSameAs(ColumnType.STRING);
    }
}
