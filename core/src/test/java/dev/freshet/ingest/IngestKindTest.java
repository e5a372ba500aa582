package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.batch.ColumnType;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestKindTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DSN = "'dsn':'mysql://u:${env:PW}@h/db'";

    private final IngestKind kind = new IngestKind(new NoSource(), IngestSettings.defaults(1));

    /// A source that is never asked.
    private static final class NoSource implements Source {
        @Override
        public String type() {
            return "mysql";
        }

        @Override
        public String system() {
            return "mysql";
        }

        @Override
        public SourceSession open(Login login, SourceSettings settings) {
            throw new AssertionError("a definition is judged without its database");
        }
    }

    @Test
    void theLabelNamesTypeAndTable() {
        assertThat(kind.label(definition("'table':'customers'"))).isEqualTo("mysql:customers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'table':'customers' | ingest:customers",
                "'table':'shop.customers' | ingest:customers",
                "'table':'t','dataset_name':'Other.one-2' | ingest:Other.one-2"
            })
    void theTaskIsNamedAfterTheDataset(String keys, String task) {
        assertThat(kind.taskName(definition(keys))).isEqualTo(task);
    }

    @Test
    void theTargetIsTheDatasetsTable() {
        assertThat(kind.targetPath("ingest:customers")).isEqualTo("datasets/customers");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            'table':'t','tabel':'x'                          | tabel
            'table':'t','tabel':'x'                          | did you mean
            'table':'t','dataset_name':'a/b'                 | 'a/b'
            'table':'t','dataset_name':'..'                  | '..'
            'table':'t','batch_size':0                       | batch_size
            'table':'t','mode':'upsert'                      | not here yet
            'table':'t','order_by':'id; drop table t'        | order_by
            'table':'t','columns':{'c':{'as':'complex'}}     | complex
            'table':'t','columns':{'c':{'on_misfit':'null'}} | as' is missing
            'table':'t','columns':{'c':{'as':'date','on_misfit':'zero'}} | error, null, round, clamp
            'table':'t','columns':{'c':{'as':'date','on_misfit':'round'}} | no date can be made to fit by 'round'
            'table':'t','columns':{'c':{'as':'string','on_misfit':'clamp'}} | no string can be made to fit by 'clamp'
            'table':'t','connections':65                     | connections
            'table':'t','connections':2,'order_by':'id'      | one order of all rows
            'table':'t','connections':2,'consistency':'relaxed' | one split after the other
            'table':''                                       | table
            'table':7                                        | table
            """)
    void whatIsWrongIsNamed(String keys, String named) {
        assertThatExceptionOfType(FreshetException.class)
                .isThrownBy(() -> kind.validate(definition(keys)))
                .withMessageContaining(named)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DEFINITION));
    }

    @Test
    void theWordNullMayStandWithoutQuotes() {
        String columns = "'table':'t','columns':{'a':{'as':'date','on_misfit':%s},'b':{'as':'date'}}";

        assertThat(IngestReader.read(definition(columns.formatted("null")))
                        .request()
                        .columns())
                .isEqualTo(IngestReader.read(definition(columns.formatted("'null'")))
                        .request()
                        .columns())
                .containsEntry("a", new ColumnPolicy(ColumnType.DATE, OnMisfit.NULL))
                .containsEntry("b", new ColumnPolicy(ColumnType.DATE, OnMisfit.ERROR));
    }

    @Test
    void aLiteralPasswordIsRefusedAndNotShown() {
        JsonNode definition = json("{'type':'mysql','dsn':'mysql://u:hunter2@h/db','table':'t'}");

        assertThatExceptionOfType(FreshetException.class)
                .isThrownBy(() -> kind.validate(definition))
                .withMessageContaining("${env:NAME}")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_REFUSED))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void aLiteralPasswordIsTakenWhereItIsExplicitlyAllowed() {
        IngestKind allowing =
                new IngestKind(new NoSource(), IngestSettings.defaults(1).withLiteralPasswords());
        JsonNode definition = json("{'type':'mysql','dsn':'mysql://u:hunter2@h/db','table':'t'}");

        assertThat(allowing.taskName(definition)).isEqualTo("ingest:t");
        allowing.validate(definition);
    }

    @Test
    void aDsnOfAnotherTypeIsRefused() {
        assertThatExceptionOfType(FreshetException.class)
                .isThrownBy(() -> kind.validate(json("{'type':'mysql','dsn':'postgres://u@h/db','table':'t'}")))
                .withMessageContaining("leads to postgres");
    }

    private static JsonNode definition(String keys) {
        return json("{'type':'mysql'," + DSN + "," + keys + "}");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
