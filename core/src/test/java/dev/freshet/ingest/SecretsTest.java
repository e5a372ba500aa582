package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PG_PW", "one", "AWS_KEY", "two", "EMPTY", "");

    @TempDir
    private Path folder;

    @Test
    void aReferenceIsLookedUpInTheEnvironment() {
        assertThat(value("${env:PG_PW}", "*")).isEqualTo("one");
    }

    @Test
    void aFileIsReadWithoutItsLastLineEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("pw"), " three \n");

        assertThat(value("${file:" + file + "}", "*")).isEqualTo(" three ");
    }

    @Test
    void onlyWhatAPatternAllowsIsLookedUp() {
        assertThat(value("${env:PG_PW}", "env:PG_*")).isEqualTo("one");
        assertRefused("${env:AWS_KEY}", "env:PG_*", ErrorCode.SECRET_REFUSED);
        assertRefused("${file:/etc/shadow}", "env:*", ErrorCode.SECRET_REFUSED);
    }

    @Test
    void aPatternIsNotEscapedFromByAPathWithDetours() {
        assertRefused("${file:" + folder + "/../../etc/hostname}", "file:" + folder + "/*", ErrorCode.SECRET_REFUSED);
    }

    @Test
    void nothingBehindAReferenceIsSaidByItsName() {
        assertRefused("${env:MISSING}", "*", ErrorCode.SECRET_MISSING);
        assertRefused("${env:EMPTY}", "*", ErrorCode.SECRET_MISSING);
        assertRefused("${file:" + folder + "/none}", "*", ErrorCode.SECRET_MISSING);
    }

    private static String value(String reference, String allow) {
        Secrets secrets = new Secrets(List.of(allow), name -> Optional.ofNullable(ENVIRONMENT.get(name)));
        return new Credential(reference).value(secrets);
    }

    private static void assertRefused(String reference, String allow, ErrorCode code) {
        assertThatExceptionOfType(FreshetException.class)
                .isThrownBy(() -> value(reference, allow))
                .withMessageContaining(reference)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
