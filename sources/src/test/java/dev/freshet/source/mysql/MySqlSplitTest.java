package dev.freshet.source.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.ingest.Parts;
import dev.freshet.ingest.SourceSession;
import dev.freshet.ingest.TableRequest;
import dev.freshet.source.Reads;
import dev.freshet.source.SplitContract;
import dev.freshet.source.TestDatabase;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MySqlSplitTest extends SplitContract {
    private final MariaDatabase maria = MariaDatabase.started();

    @Override
    protected TestDatabase database() {
        return maria;
    }

    @Override
    protected List<String[]> integers() {
        return List.of(
                new String[] {"tinyint", "-128", "127"},
                new String[] {"smallint", "-32768", "32767"},
                new String[] {"mediumint unsigned", "0", "16777215"},
                new String[] {"int", "-2147483648", "2147483647"},
                new String[] {"bigint", "-9223372036854775808", "9223372036854775807"},
                new String[] {"bigint unsigned", "0", "18446744073709551615"});
    }

    @Override
    protected List<String> texts() {
        return List.of(
                "varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
                "varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                "varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
                "varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_swedish_ci",
                "varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin",
                "varchar(40) CHARACTER SET utf8mb3 COLLATE utf8mb3_german2_ci",
                "varchar(40) CHARACTER SET latin1 COLLATE latin1_german2_ci",
                "varchar(40) CHARACTER SET utf16 COLLATE utf16_general_ci",
                "char(20) CHARACTER SET utf8mb4");
    }

    @Override
    protected String insertInto(String table, String values) {
        return "INSERT IGNORE INTO %s VALUES %s".formatted(table, values);
    }

    @Override
    protected String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    @Test
    void numbersBeyondADoublesDigitsAreComparedExactly() throws InterruptedException {
        checkSplits(
                "bigint",
                Stream.iterate(9007199254740990L, value -> value + 1)
                        .limit(20)
                        .map(value -> Long.toString(value))
                        .toList());
    }

    @Test
    void uuidsAreCutInTheirOwnOrder() throws InterruptedException {
        Random random = new Random(1);
        checkSplits(
                "uuid",
                Stream.generate(() -> "'" + new UUID(random.nextLong(), random.nextLong()) + "'")
                        .limit(50)
                        .toList());
    }

    @Test
    void theKeyTellsWhatDecidesItsOrder() {
        assertThat(key("(a bigint unsigned PRIMARY KEY)")).isEqualTo("a bigint(20) unsigned");
        assertThat(key("(a varchar(9) CHARACTER SET latin1 COLLATE latin1_bin PRIMARY KEY)"))
                .isEqualTo("a varchar(9) collate latin1_bin");
    }

    @Test
    void sessionsShareNoSnapshotSoThereAreNoParts() {
        maria.run("DROP TABLE IF EXISTS keyed", "CREATE TABLE keyed (a int PRIMARY KEY)");
        try (SourceSession session = Reads.open(maria, maria.admin())) {
            assertThat(session.describe(TableRequest.of("keyed")).parts(2, 1))
                    .isEqualTo(Parts.none("MySQL and MariaDB have no snapshot that connections could share"));
        }
    }

    @Test
    void whatIsUniqueOnlyInItsBeginningIsNoKey() {
        assertThat(key("(a varchar(100) NOT NULL, UNIQUE (a(10)))")).isEmpty();
        assertThat(key("(a longtext NOT NULL UNIQUE)")).isEmpty();
    }
}
