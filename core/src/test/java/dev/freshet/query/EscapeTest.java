package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every way that a statement could get out of the tables that it names.
class EscapeTest {
    @TempDir
    Path folder;

    private Lake lake;

    @BeforeEach
    void openLake() throws IOException {
        lake = new Lake(LocalStore.open(folder.resolve("lake")));
        lake.add("orders", Schema.of(new Column("id", ColumnType.INT, true)), new Object[] {1});
        lake.add("salaries", Schema.of(new Column("id", ColumnType.INT, true)), new Object[] {2});
        Files.writeString(folder.resolve("secret.csv"), "canary\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from orders, read_csv('FOLDER/secret.csv')",
                "select * from read_text('FOLDER/secret.csv')",
                "select * from read_blob('FOLDER/*')",
                "select * from read_parquet('FOLDER/lake/datasets/salaries/*.parquet'), orders",
                "select * from parquet_metadata('FOLDER/lake/datasets/salaries/part-1.parquet')",
                "select * from glob('FOLDER/*')",
                "select * from sniff_csv('FOLDER/secret.csv')",
                "select * from query('select * from read_csv(''FOLDER/secret.csv'')')",
                "select * from query_table('FOLDER/secret.csv')",
                "select * from read_csv('https://example.com/x.csv')",
                "select * from duckdb_secrets()",
                "select * from orders where id in (select 1 from read_json('FOLDER/secret.csv'))",
                "with x as (from read_csv('FOLDER/secret.csv')) select * from x",
                "select getenv('HOME')",
                "select * from read_duckdb('FOLDER/secret.csv')"
            })
    void aSelectThatReachesBeyondItsTablesFails(String sql) {
        assertThatThrownBy(() -> lake.rows(sql.replace("FOLDER", folder.toString())))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_FAILED))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from '/etc/passwd'",
                "select * from 'FOLDER/secret.csv'",
                "select * from \"FOLDER/secret.csv\"",
                "select * from 'https://example.com/x.parquet'"
            })
    void aFileIsNoTable(String sql) {
        assertThatThrownBy(() -> lake.rows(sql.replace("FOLDER", folder.toString())))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy orders to 'FOLDER/out.csv'",
                "copy (select 1) to 'FOLDER/out.parquet' (format parquet)",
                "create table t as select 1",
                "create view v as select 1",
                "create secret (type s3)",
                "insert into orders values (3)",
                "update orders set id = 3",
                "delete from orders",
                "drop view orders",
                "with d as (delete from orders returning *) select * from d",
                "with d as (insert into orders values (3) returning *) select * from d",
                "attach 'FOLDER/x.db'",
                "install httpfs",
                "load httpfs",
                "set enable_external_access = true",
                "reset lock_configuration",
                "pragma database_list",
                "call pragma_version()",
                "export database 'FOLDER/export'",
                "begin",
                "checkpoint",
                "use memory",
                "explain select 1",
                "select 1; select 2",
                "select 1; copy (select 1) to 'FOLDER/out.csv'",
                "",
                "  -- nothing",
                "selec 1"
            })
    void whatIsNotOneSelectIsRefused(String sql) throws IOException {
        assertThatThrownBy(() -> lake.rows(sql.replace("FOLDER", folder.toString())))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_USAGE))
                .hasMessageStartingWith("a query is one SELECT statement, which reads and changes nothing: ");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder("lake", "secret.csv");
        }
    }

    @Test
    void aSemicolonAtTheEndIsFine() {
        assertThat(lake.rows("select id from orders ; ")).containsExactly(List.of(1));
    }

    @Test
    void aRefusedReachIsExplained() {
        assertThatThrownBy(() -> lake.rows("select * from read_csv('/etc/passwd')"))
                .hasMessageStartingWith(
                        "a query reads the lake's tables only, by their names; it has no access to files");
    }
}
