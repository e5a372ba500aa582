package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacTest {
    /// Test case 2 of RFC 4231.
    @Test
    void theExampleOfTheSpecification() throws GeneralSecurityException {
        byte[] code = new Hmac("Jefe".getBytes(StandardCharsets.US_ASCII))
                .of("what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(code))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void keysAndMessagesOfAllLengthsGiveWhatJavaGives() throws GeneralSecurityException {
        Random random = new Random(7);
        for (int length = 1; length < 200; length++) {
            byte[] key = bytes(random, length);
            byte[] message = bytes(random, random.nextInt(300));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            Hmac hmac = new Hmac(key);
            assertThat(hmac.of(message)).isEqualTo(mac.doFinal(message));
            mac.update(message);
            assertThat(hmac.of(message, key)).isEqualTo(mac.doFinal(key));
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
