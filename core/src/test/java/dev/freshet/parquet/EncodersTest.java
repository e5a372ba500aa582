package dev.freshet.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Encoded numbers are read by parquet-java's decoders, and dictionaries tell values apart.
class EncodersTest {
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(11);

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 2, 31, 32, 33, 127, 128, 129, 130, 160, 161, 257, 1000, 5000})
    void differencesOfLongsAreReadByTheReference(int count) throws IOException {
        for (int kind = 0; kind < 6; kind++) {
            long[] values = longs(count, kind);
            var reader = deltas(values, true);
            for (int i = 0; i < count; i++) {
                assertThat(reader.readLong()).as("kind %d, value %d", kind, i).isEqualTo(values[i]);
            }
        }
    }

    @ParameterizedTest(name = "{0} values")
    @ValueSource(ints = {0, 1, 2, 33, 128, 129, 1000})
    void differencesOfIntsWrapAroundAsTheReferenceReadsThem(int count) throws IOException {
        for (int kind = 0; kind < 6; kind++) {
            long[] values = Arrays.stream(longs(count, kind)).map(v -> (int) v).toArray();
            var reader = deltas(values, false);
            for (int i = 0; i < count; i++) {
                assertThat(reader.readInteger())
                        .as("kind %d, value %d", kind, i)
                        .isEqualTo((int) values[i]);
            }
        }
    }

    private static DeltaBinaryPackingValuesReader deltas(long[] values, boolean wide) throws IOException {
        PageBuffer out = new PageBuffer();
        new DeltaEncoder(wide).encode(values, values.length, out);
        var reader = new DeltaBinaryPackingValuesReader();
        reader.initFromPage(values.length, ByteBufferInputStream.wrap(ByteBuffer.wrap(out.array(), 0, out.size())));
        return reader;
    }

    private long[] longs(int count, int kind) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (kind) {
                case 0 -> random.nextLong();
                case 1 -> i * 3L;
                case 2 -> 7;
                case 3 -> i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
                case 4 -> i % 2 == 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE;
                default -> -i + random.nextInt(1 << random.nextInt(20));
            };
        }
        return values;
    }

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {0, 1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 24, 31, 32})
    void runsAndGroupsAreReadByTheReference(int width) throws IOException {
        for (int count : new int[] {1, 7, 8, 9, 16, 63 * 8, 63 * 8 + 1, 64 * 8, 3000}) {
            int[] values = numbers(count, width);
            PageBuffer whole = new PageBuffer();
            HybridEncoder.encode(values, count, width, whole);
            assertRead(values, width, Arrays.copyOf(whole.array(), whole.size()));

            HybridEncoder single = new HybridEncoder(width);
            int at = 0;
            while (at < count) {
                int run = 1;
                while (at + run < count && values[at + run] == values[at] && random.nextInt(100) > 0) {
                    run++;
                }
                if (run == 1) {
                    single.add(values[at]);
                } else {
                    single.add(values[at], run);
                }
                at += run;
            }
            assertRead(values, width, bytes(single));
            single.clear();
            single.add(0);
            assertRead(new int[] {0}, width, bytes(single));
        }
    }

    private static byte[] bytes(HybridEncoder encoder) throws IOException {
        PageBuffer out = new PageBuffer();
        encoder.toBytes().writeAllTo(out);
        return Arrays.copyOf(out.array(), out.size());
    }

    /// Runs of all lengths, among values that change.
    private int[] numbers(int count, int width) {
        int[] values = new int[count];
        int at = 0;
        while (at < count) {
            int value = width == 0 ? 0 : random.nextInt() >>> (Integer.SIZE - width);
            int end = Math.min(count, at + 1 + (random.nextInt(3) == 0 ? random.nextInt(40) : 0));
            Arrays.fill(values, at, end, value);
            at = end;
        }
        return values;
    }

    private static void assertRead(int[] values, int width, byte[] encoded) throws IOException {
        var reader = new RunLengthBitPackingHybridDecoder(width, ByteBufferInputStream.wrap(ByteBuffer.wrap(encoded)));
        for (int i = 0; i < values.length; i++) {
            assertThat(reader.readInt()).as("value %d of %d", i, values.length).isEqualTo(values[i]);
        }
    }

    @Test
    void aDictionaryOfBytesGivesEqualStringsOneNumber() {
        BytesDictionary dictionary = new BytesDictionary(100_000, 1 << 24);
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[2 + random.nextInt(random.nextBoolean() ? 3 : 40)];
            for (int k = 1; k < bytes.length; k++) {
                bytes[k] = (byte) random.nextInt(3);
            }
            int id = dictionary.idOf(bytes, 1, bytes.length);
            int known = expected.computeIfAbsent(Arrays.toString(bytes), _ -> id);
            assertThat(id).isEqualTo(known);
            assertThat(Arrays.copyOfRange(dictionary.entries(), dictionary.start(id), dictionary.end(id)))
                    .isEqualTo(Arrays.copyOfRange(bytes, 1, bytes.length));
        }
        assertThat(dictionary.size()).isEqualTo(expected.size());
    }

    @Test
    void aDictionaryThatIsFullTakesNoMoreButStillKnowsItsEntries() {
        NumberDictionary numbers = new NumberDictionary(1000, 1 << 20);
        int[] ids = new int[1001];
        long[] values = new long[1001];
        Arrays.setAll(values, i -> Double.doubleToRawLongBits(i));
        assertThat(numbers.number(values, 1001, ids)).isFalse();
        assertThat(numbers.number(values, 1000, ids)).isTrue();
        assertThat(ids).startsWith(0, 1, 2).contains(999, 999);
        assertThat(numbers.size()).isEqualTo(1000);

        BytesDictionary bytes = new BytesDictionary(2, 1 << 20);
        assertThat(bytes.idOf(new byte[] {1}, 0, 1)).isZero();
        assertThat(bytes.idOf(new byte[0], 0, 0)).isOne();
        assertThat(bytes.idOf(new byte[] {2}, 0, 1)).isEqualTo(-1);
        assertThat(bytes.idOf(new byte[] {9, 1}, 1, 2)).isZero();
        BytesDictionary small = new BytesDictionary(100, 1000);
        assertThat(small.idOf(new byte[2000], 0, 2000)).isEqualTo(-1);
    }
}
