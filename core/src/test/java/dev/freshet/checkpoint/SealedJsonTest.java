package dev.freshet.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.table.Fence;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealedJsonTest {
    private static final CatalogDocument DOCUMENT = new CatalogDocument(
            7,
            "me",
            new Fence(1, 2),
            List.of(
                    new Checkpoint(new UUID(1, 1), "a \"b\" ü", -1, new CheckpointSize(3, 4), 5L, null),
                    new Checkpoint(new UUID(2, 2), null, 0, CheckpointSize.NONE, null, Long.MAX_VALUE)));

    @Test
    void whatIsReadIsWhatWasWritten() {
        assertThat(CatalogDocument.read(7, "7.json", DOCUMENT.text().getBytes(UTF_8)))
                .isEqualTo(DOCUMENT);
        Marker marker = new Marker(8, DOCUMENT.fence(), DOCUMENT.checkpoints().getFirst());
        assertThat(Marker.read("m", marker.text().getBytes(UTF_8))).isEqualTo(marker);
        Dependencies needed = new Dependencies(
                new UUID(1, 1),
                List.of(new OwnedFile("x", 1, "00"), OwnedFile.of("y", new byte[] {1})),
                List.of(new BorrowedFile("datasets/a", 9)));
        assertThat(Dependencies.read(needed.id(), "d", needed.text().getBytes(UTF_8)))
                .isEqualTo(needed);
    }

    @Test
    void everyFlippedBitAndEveryLostEndIsNoticed() {
        byte[] content = DOCUMENT.text().getBytes(UTF_8);
        for (int at = 0; at < content.length; at++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                byte[] damaged = content.clone();
                damaged[at] ^= (byte) bit;
                refuses(damaged);
            }
            refuses(Arrays.copyOf(content, at));
        }
    }

    @Test
    void theListOfAnotherCheckpointIsRefused() {
        byte[] text =
                new Dependencies(new UUID(1, 1), List.of(), List.of()).text().getBytes(UTF_8);
        assertThatThrownBy(() -> Dependencies.read(new UUID(1, 2), "d", text)).hasMessageContaining("belongs to");
    }

    private static void refuses(byte[] content) {
        assertThatThrownBy(() -> CatalogDocument.read(7, "7.json", content))
                .isInstanceOfSatisfying(
                        FreshetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }
}
