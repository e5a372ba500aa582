package dev.freshet.parquet;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.io.api.Binary;

/// A split-block Bloom filter of a column chunk, as the Parquet format defines it. It begins as large as it may become
/// and is folded as far as fewer than one value in a hundred that is not there would pass.
final class BloomBits {
    private static final double MOST_FALSE = 0.01;
    private static final int WORDS = 8;
    private static final int BLOCK_BYTES = WORDS * Integer.BYTES;
    private static final int MOST_BYTES = 1 << 20;
    private static final int[] SALT = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };

    /// Eight words a block; the number of blocks is a power of two.
    private final int[] words;

    /// Values are hashed by the reference's own function.
    private final BlockSplitBloomFilter hashes = new BlockSplitBloomFilter(BlockSplitBloomFilter.LOWER_BOUND_BYTES);

    /// A filter of at most so many bytes.
    BloomBits(long mostBytes) {
        long bytes = Math.clamp(Long.highestOneBit(mostBytes), BLOCK_BYTES, MOST_BYTES);
        this.words = new int[(int) bytes / Integer.BYTES];
    }

    void add(byte[] data, int start, int end) {
        add(hashes.hash(Binary.fromConstantByteArray(data, start, end - start)));
    }

    /// Adds the first so many values of four or eight bytes.
    void addAll(long[] values, int count, int width) {
        for (int i = 0; i < count; i++) {
            add(width == Long.BYTES ? hashes.hash(values[i]) : hashes.hash((int) values[i]));
        }
    }

    private void add(long hash) {
        int blocks = words.length / WORDS;
        int block = (int) (((hash >>> Integer.SIZE) * blocks) >>> Integer.SIZE);
        for (int i = 0; i < WORDS; i++) {
            words[block * WORDS + i] |= 1 << (((int) hash * SALT[i]) >>> 27);
        }
    }

    /// The filter of the values so far; then the next chunk's begins.
    byte[] endChunk() {
        int[] folded = words;
        while (folded.length > WORDS && falseShare(fold(folded)) <= MOST_FALSE) {
            folded = fold(folded);
        }
        PageBuffer bytes = new PageBuffer();
        for (int word : folded) {
            bytes.putInt(word);
        }
        Arrays.fill(words, 0);
        return bytes.copy();
    }

    /// The same values in half as many blocks: each takes what was in two neighbours.
    private static int[] fold(int[] words) {
        int[] half = new int[words.length / 2];
        for (int i = 0; i < half.length; i++) {
            int left = i / WORDS * 2 * WORDS + i % WORDS;
            half[i] = words[left] | words[left + WORDS];
        }
        return half;
    }

    /// How likely a value that is not there passes: all its eight bits are set, one in each word of a block.
    private static double falseShare(int[] words) {
        return IntStream.range(0, words.length / WORDS)
                .mapToDouble(block -> IntStream.range(block * WORDS, (block + 1) * WORDS)
                        .mapToDouble(i -> Integer.bitCount(words[i]) / (double) Integer.SIZE)
                        .reduce(1, (a, b) -> a * b))
                .average()
                .orElse(0);
    }

    long bytes() {
        return (long) words.length * Integer.BYTES;
    }
}
