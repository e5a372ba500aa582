package dev.freshet.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.freshet.batch.Column;
import dev.freshet.batch.ColumnType;
import dev.freshet.batch.ColumnType.Decimal;
import dev.freshet.batch.Schema;
import dev.freshet.error.ErrorCode;
import dev.freshet.error.FreshetException;
import dev.freshet.ingest.Cell;
import dev.freshet.source.CollectingSink;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CopyDecoderTest {
    private static final byte[] HEADER = "PGCOPY\n\u00FF\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final List<ColumnPlan> PLANS = List.of(
            plan("a", ColumnType.INT, BinaryCells.INT4),
            plan("b", ColumnType.STRING, BinaryCells.BYTES),
            plan("c", new Decimal(10, 2), new NumericCell(new Decimal(10, 2))),
            plan("d", new ColumnType.Array(ColumnType.LONG), new ArrayCell(BinaryCells.INT8)));

    private static ColumnPlan plan(String name, ColumnType type, Cell cell) {
        return new ColumnPlan(new Column(name, type, true), name, cell);
    }

    @Test
    void rowsAreTheSameWhereverTheStreamIsCut() throws Exception {
        byte[] stream = stream(6);
        List<List<Object>> whole = decoded(stream, stream.length, stream.length);
        assertThat(whole).hasSize(6);
        for (int first = 0; first <= stream.length; first++) {
            assertThat(decoded(stream, first, stream.length))
                    .as("cut at %d", first)
                    .isEqualTo(whole);
        }
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second += 7) {
                assertThat(decoded(stream, first, second))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void rowsAreTheSameByteForByte() throws Exception {
        byte[] stream = stream(40);
        CollectingSink sink = sink();
        CopyDecoder decoder = decoder(sink);
        RowJoiner rows = new RowJoiner(decoder);
        for (int at = 0; at < stream.length; at++) {
            rows.decode(stream, at, at + 1);
        }
        decoder.end();
        assertThat(sink.rows()).isEqualTo(decoded(stream, stream.length, stream.length));
    }

    @Test
    void aStreamThatBreaksOffIsNeverTakenForTheWhole() throws Exception {
        byte[] stream = stream(3);
        for (int end = 0; end < stream.length; end++) {
            CollectingSink sink = sink();
            CopyDecoder decoder = decoder(sink);
            new RowJoiner(decoder).decode(stream, 0, end);
            assertThatThrownBy(decoder::end).as("broken off at %d", end).hasMessageContaining("broke off");
        }
    }

    @Test
    void garbageIsRefusedByTheNumberOfItsRowAndNeverByAccident() throws Exception {
        byte[] stream = stream(6);
        Random random = new Random(20261122);
        for (int round = 0; round < 20_000; round++) {
            byte[] garbled = stream.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                garbled[random.nextInt(garbled.length)] = (byte) random.nextInt(256);
            }
            Throwable thrown = catchThrowable(() -> decoded(garbled, garbled.length, garbled.length));
            if (thrown != null) {
                assertThat(thrown).as("seed 20261122, round %d", round).isInstanceOf(FreshetException.class);
                assertThat(((FreshetException) thrown).code()).isIn(ErrorCode.SOURCE_FAILED, ErrorCode.VALUE_MISFIT);
                assertThat(thrown).hasMessageStartingWith("t: ").hasMessageMatching("(?s).*(row \\d|broke off).*");
            }
        }
    }

    @Test
    void anotherNumberOfFieldsIsRefused() {
        byte[] stream = Arrays.copyOf(HEADER, HEADER.length + 2);
        stream[HEADER.length + 1] = 3;
        assertThatThrownBy(() -> decoded(stream, stream.length, stream.length))
                .isInstanceOf(FreshetException.class)
                .hasMessageContaining("row 1 is not COPY's binary format");
    }

    private static List<List<Object>> decoded(byte[] stream, int first, int second) throws InterruptedException {
        CollectingSink sink = sink();
        CopyDecoder decoder = decoder(sink);
        RowJoiner rows = new RowJoiner(decoder);
        rows.decode(stream, 0, first);
        rows.decode(stream, first, second);
        rows.decode(stream, second, stream.length);
        decoder.end();
        return sink.rows();
    }

    private static CollectingSink sink() {
        return new CollectingSink(
                new Schema(PLANS.stream().map(ColumnPlan::column).toList()));
    }

    private static CopyDecoder decoder(CollectingSink sink) throws InterruptedException {
        return new CopyDecoder("t", PLANS, sink);
    }

    /// Rows of which some hold nulls, and one is larger than the others.
    private static byte[] stream(int rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(HEADER);
        for (int row = 0; row < rows; row++) {
            out.writeShort(PLANS.size());
            out.writeInt(4);
            out.writeInt(row);
            text(out, row % 3 == 1 ? null : "ü".repeat(row == 2 ? 40 : row));
            numeric(out, row * 1000 + 7);
            array(out, row % 4);
        }
        out.writeShort(-1);
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static void numeric(DataOutputStream out, int value) throws IOException {
        out.writeInt(12);
        out.writeShort(2);
        out.writeShort(1);
        out.writeShort(0);
        out.writeShort(2);
        out.writeShort(value / 10_000);
        out.writeShort(value % 10_000);
    }

    private static void array(DataOutputStream out, int length) throws IOException {
        out.writeInt(length == 0 ? 12 : 20 + 12 * length);
        out.writeInt(length == 0 ? 0 : 1);
        out.writeInt(0);
        out.writeInt(20);
        if (length > 0) {
            out.writeInt(length);
            out.writeInt(1);
            for (int i = 0; i < length; i++) {
                out.writeInt(8);
                out.writeLong(i * 1_000_000_007L);
            }
        }
    }
}
