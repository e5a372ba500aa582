package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @ParameterizedTest
    @CsvSource({
        "mysql://u:secret@h/db, mysql://u:***@h/db",
        "postgresql://u:secret@h:5432/db, postgresql://u:***@h:5432/db",
        "mysql://u@h/db, mysql://u@h/db"
    })
    void aPasswordInADsnIsMaskedAndTheRestStays(String dsn, String shown) {
        assertThat(Redaction.redact(dsn)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://u:p@ss@h/db, mysql://u:***@h/db",
        "mysql://u:@@@h/db, mysql://u:***@h/db",
        "postgres://u:a/b?c#d@h/db, postgres://u:***@h/db"
    })
    void aPasswordReachesUpToTheLastAt(String dsn, String shown) {
        assertThat(Redaction.redact(dsn)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host=h user=u password=hunter2 dbname=d",
                "host=h user=u password='hunter2' dbname=d",
                "jdbc:postgresql://h/db?user=u&password=hunter2&ssl=true",
                "postgres://u@h/db?sslpassword=hunter2",
                "could not connect with {user=u, password=hunter2}",
                "PWD=hunter2;Server=h",
                "connect to mysql://u:hunter2@h/db failed"
            })
    void aPasswordIsFoundByItsPlaceInAnyText(String text) {
        assertThat(Redaction.redact(text)).doesNotContain("hunter2").contains("***");
    }

    @Test
    void aKnownSecretIsMaskedWhereverItStandsAndHoweverItIsEncoded() {
        Redaction redaction = Redaction.of(List.of("p ä$s&1"));

        assertThat(redaction.apply("the key p ä$s&1, p+%C3%A4%24s%261 and p%20%c3%a4%24s%261 do not fit"))
                .isEqualTo("the key ***, *** and *** do not fit");
    }

    @Test
    void aCauseKeepsItsStackAndLosesItsSecrets() {
        Exception thrown = new IllegalStateException("no hunter2", new RuntimeException("still hunter2"));

        Exception shown = Redaction.of(List.of("hunter2")).apply(thrown);

        assertThat(shown).hasMessageContaining("no ***");
        assertThat(shown.getCause()).hasMessageContaining("still ***");
        assertThat(shown.getStackTrace()).isEqualTo(thrown.getStackTrace());
    }

    @Test
    void thatAPasswordWasGivenIsNoSecret() {
        String text = "Access denied for user 'u'@'h' (using password: YES); check user and password";
        assertThat(Redaction.redact(text)).isEqualTo(text);
    }

    @Test
    void textWithoutSecretsIsLeftAlone() {
        assertThat(Redaction.redact("table orders: column at_home is integer (see a@b.example)"))
                .isEqualTo("table orders: column at_home is integer (see a@b.example)");
    }
}
