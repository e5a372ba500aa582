package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.host.SettableHost;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumberedDocumentsTest {
    private final SettableHost host = new SettableHost();
    private final MemoryStore lake = new MemoryStore(host);
    private final NumberedDocuments documents =
            new NumberedDocuments(lake, new Puts(lake, host, Duration.ofSeconds(30)), "_freshet/schedules/x");

    @Test
    void anEmptySequenceHasNoNewestDocument() {
        assertThat(documents.newest()).isEmpty();
        assertThat(documents.all()).isEmpty();
    }

    @Test
    void documentsAreOrderedByNumberNotByName() {
        for (int n = 0; n < 12; n++) {
            assertThat(documents.append(n, "{\"n\":" + n + "}")).isEqualTo(PutAnswer.CREATED);
        }
        assertThat(documents.newest()).contains(new NumberedDocument(11, "{\"n\":11}"));
        assertThat(documents.all().stream().map(NumberedDocument::number))
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).mapToObj(Long::valueOf).toList());
    }

    @Test
    void aNumberIsGivenOnce() {
        documents.append(0, "ours");
        assertThat(documents.append(0, "theirs")).isEqualTo(PutAnswer.EXISTS);
        assertThat(documents.append(0, "ours")).isEqualTo(PutAnswer.CREATED);
        assertThat(documents.newest().orElseThrow().text()).isEqualTo("ours");
    }

    @Test
    void aSequenceNeverGetsAGap() {
        documents.append(0, "0");
        assertThatThrownBy(() -> documents.append(2, "2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void otherFilesInTheFolderAreNotDocuments() {
        documents.append(0, "0");
        for (String name : new String[] {"01.json", "x.json", "1.json.bak", "-1.json", "1"}) {
            lake.putIfAbsent("_freshet/schedules/x/" + name, StoreContract.bytes("?"));
        }
        assertThat(documents.all()).hasSize(1);
    }
}
