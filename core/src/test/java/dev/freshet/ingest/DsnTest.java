package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnTest {
    private static final Secrets SECRETS = new Secrets(
            List.of("*"), name -> Optional.ofNullable(Map.of("PW", "s3cret").get(name)));

    @Test
    void itsPartsAreFound() {
        Dsn dsn = Dsn.parse("postgresql://an%20a:${env:PW}@db.example:6432/shop%2F1?sslmode=require");

        Login login = dsn.login(SECRETS);

        assertThat(dsn.type()).isEqualTo("postgres");
        assertThat(login.host()).isEqualTo("db.example");
        assertThat(login.port()).isEqualTo(6432);
        assertThat(login.database()).isEqualTo("shop/1");
        assertThat(login.user()).isEqualTo("an a");
        assertThat(login.password()).isEqualTo("s3cret");
        assertThat(dsn.parameters()).containsExactly(Map.entry("sslmode", "require"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://u@h/d, postgres, 5432",
        "postgresql://u@h/d, postgres, 5432",
        "mysql://u@h/d, mysql, 3306",
        "mariadb://u@h/d, mysql, 3306"
    })
    void everySchemeHasItsTypeAndPort(String text, String type, int port) {
        assertThat(Dsn.parse(text).type()).isEqualTo(type);
        assertThat(Dsn.parse(text).port()).isEqualTo(port);
    }

    @Test
    void anAddressMayBeOfTheSixthVersion() {
        assertThat(Dsn.parse("mysql://u@[::1]:3307/d").host()).isEqualTo("::1");
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://u:${env:PW}@h/d, false",
        "mysql://u:${file:/run/pw}@h/d, false",
        "mysql://u@h/d, false",
        "mysql://u:secret@h/d, true",
        "mysql://u:x${env:PW}@h/d, true"
    })
    void aPasswordThatIsNoReferenceIsLiteral(String text, boolean literal) {
        assertThat(Dsn.parse(text).literalPassword()).isEqualTo(literal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "oracle://u:hunter2@h/d",
                "mysql://u:hunter2@/d",
                "mysql://u:hunter2@h:99999/d",
                "mysql://u:hunter2@h:/d",
                "mysql://u:hunter2@h",
                "mysql://:hunter2@h/d",
                "mysql://h/d",
                "mysql://u:hunter2%zz@h/d",
                "mysql://u:hunter2@h1,h2/d",
                "mysql://u:hunter2@h/d?sslmode=maybe"
            })
    void whatIsWrongIsSaidWithoutThePassword(String text) {
        assertThatExceptionOfType(FreshetException.class)
                .isThrownBy(() -> Dsn.parse(text))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DEFINITION))
                .satisfies(e -> assertThat(e.getMessage()).startsWith("dsn '"))
                .satisfies(e -> assertThat(
                                text.equals("hunter2") || !e.getMessage().contains("hunter2"))
                        .isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"allowLocalInfile=true", "socketFactory=evil.Factory", "sslfactoryarg=x", "SSLMODE=disable"})
    void aParameterThatIsNotAllowedIsRefused(String parameter) {
        assertThatExceptionOfType(FreshetException.class)
                .isThrownBy(() -> Dsn.parse("mysql://u@h/d?" + parameter))
                .withMessageContaining("is not allowed");
    }

    @Test
    void theNearestParameterIsSuggested() {
        assertThatExceptionOfType(FreshetException.class)
                .isThrownBy(() -> Dsn.parse("mysql://u@h/d?sslmod=require"))
                .withMessageContaining("did you mean 'sslmode'");
    }

    @Test
    void aPasswordIsNoParameter() {
        assertThatExceptionOfType(FreshetException.class)
                .isThrownBy(() -> Dsn.parse("postgres://u@h/d?password=hunter2"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SECRET_REFUSED))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
    }

    @Test
    void nothingItSaysOfItselfHoldsThePassword() {
        assertThat(Dsn.parse("mysql://u:hunter2@h/d")).hasToString("mysql://u:***@h/d");
        assertThat(Dsn.parse("mysql://u:hunter2@h/d").redacted()).isEqualTo("mysql://u:***@h/d");
        assertThat(Dsn.parse("mysql://u:hunter2@h/d").login(SECRETS).toString()).doesNotContain("hunter2");
    }
}
