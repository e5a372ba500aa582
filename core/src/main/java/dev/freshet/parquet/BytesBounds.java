package dev.freshet.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The least and greatest byte string, by unsigned bytes, which for UTF-8 is code point order. Of a long value
/// only its beginning is kept, enough to cut it to Delta's 32 characters or to what Parquet's statistics need.
final class BytesBounds {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int DELTA_CHARACTERS = 32;
    private static final int PARQUET_BYTES = 64;
    /// One byte more than 33 of the longest characters: what is cut to this length still has 33 whole ones.
    private static final int KEPT = 4 * (DELTA_CHARACTERS + 1) + 1;

    private final boolean text;
    private byte[] min = {};
    private byte[] max = {};
    private long minHead;
    private long maxHead;
    private int longest;
    private boolean any;

    BytesBounds(boolean text) {
        this.text = text;
    }

    void widen(byte[] data, int start, int end) {
        long head = head(data, start, end);
        longest = Math.max(longest, end - start);
        if (!any) {
            any = true;
            setMin(data, start, end, head);
            setMax(data, start, end, head);
            return;
        }
        if (Long.compareUnsigned(head, maxHead) >= 0 && compare(data, start, end, max) > 0) {
            setMax(data, start, end, head);
        }
        if (Long.compareUnsigned(head, minHead) <= 0 && compare(data, start, end, min) < 0) {
            setMin(data, start, end, head);
        }
    }

    /// Widens by values that lie side by side from the array's begin.
    void widen(byte[] data, int[] lengths, int count) {
        int start = 0;
        for (int at = 0; at < count; at += LeafValues.STRETCH) {
            start = widen(data, start, lengths, at, Math.min(count, at + LeafValues.STRETCH));
        }
    }

    /// Widens by the least and the greatest of some, found where they are, and returns where the others begin.
    private int widen(byte[] data, int begin, int[] lengths, int from, int to) {
        int least = begin;
        int greatest = begin;
        int leastEnd = begin + lengths[from];
        int greatestEnd = leastEnd;
        long leastHead = head(data, begin, leastEnd);
        long greatestHead = leastHead;
        int most = lengths[from];
        int start = leastEnd;
        for (int i = from + 1; i < to; i++) {
            int end = start + lengths[i];
            long head = head(data, start, end);
            most = Math.max(most, end - start);
            if (isBelow(greatestHead, head, data, greatest, greatestEnd, start, end)) {
                greatest = start;
                greatestEnd = end;
                greatestHead = head;
            } else if (isBelow(head, leastHead, data, start, end, least, leastEnd)) {
                least = start;
                leastEnd = end;
                leastHead = head;
            }
            start = end;
        }
        widen(data, least, leastEnd);
        widen(data, greatest, greatestEnd);
        longest = Math.max(longest, most);
        return start;
    }

    private static boolean isBelow(
            long head, long otherHead, byte[] data, int start, int end, int other, int otherEnd) {
        return head == otherHead
                ? Arrays.compareUnsigned(data, start, end, data, other, otherEnd) < 0
                : Long.compareUnsigned(head, otherHead) < 0;
    }

    void widen(BytesBounds other) {
        if (other.any) {
            widen(other.min, 0, other.min.length);
            widen(other.max, 0, other.max.length);
            longest = Math.max(longest, other.longest);
        }
    }

    /// The bounds for Parquet, cut to a reasonable length.
    PageBounds plain() {
        return any ? new PageBounds(cutMin(), cutMax()) : PageBounds.NONE;
    }

    /// The bounds as strings of at most 32 characters; none where the bytes are no UTF-8.
    Optional<Bounds> bounds() {
        if (!any) {
            return Optional.empty();
        }
        Optional<String> low = decode(min).map(s -> TextBounds.lower(s, DELTA_CHARACTERS));
        Optional<String> high = decode(max).flatMap(s -> TextBounds.upper(s, DELTA_CHARACTERS));
        return low.flatMap(l -> high.map(h -> new Bounds(l, h, isWhole(min, l) && isWhole(max, h))));
    }

    private byte[] cutMin() {
        return min.length <= PARQUET_BYTES ? min : Arrays.copyOf(min, cutLength(min));
    }

    private byte[] cutMax() {
        if (max.length <= PARQUET_BYTES) {
            return max;
        }
        return text ? cutText() : aboveBytes();
    }

    private byte[] cutText() {
        return decode(Arrays.copyOf(max, cutLength(max)))
                .flatMap(TextBounds::above)
                .map(s -> s.getBytes(StandardCharsets.UTF_8))
                .orElseGet(this::aboveBytes);
    }

    /// A short byte string above all that begin as the greatest does; above nothing but 0xFF bytes there is only
    /// one as long as the longest.
    private byte[] aboveBytes() {
        byte[] bound = Arrays.copyOf(max, PARQUET_BYTES);
        for (int last = PARQUET_BYTES - 1; last >= 0; last--) {
            if (bound[last] != (byte) 0xFF) {
                bound[last]++;
                return Arrays.copyOf(bound, last + 1);
            }
        }
        byte[] highest = new byte[longest];
        Arrays.fill(highest, (byte) 0xFF);
        return highest;
    }

    /// Where a long value may be cut: between two characters if it is text.
    private int cutLength(byte[] value) {
        int length = PARQUET_BYTES;
        while (text && length > PARQUET_BYTES - 4 && (value[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    /// What was kept of a value, without a character that the cut went through.
    private static Optional<String> decode(byte[] kept) {
        int length = kept.length;
        if (length == KEPT) {
            length--;
            while (length > KEPT - 5 && (kept[length] & 0xC0) == 0x80) {
                length--;
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(kept, 0, length))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static boolean isWhole(byte[] value, String bound) {
        return value.length < KEPT && Arrays.equals(value, bound.getBytes(StandardCharsets.UTF_8));
    }

    private static int compare(byte[] data, int start, int end, byte[] kept) {
        return Arrays.compareUnsigned(data, start, Math.min(end, start + KEPT), kept, 0, kept.length);
    }

    private void setMin(byte[] data, int start, int end, long head) {
        min = Arrays.copyOfRange(data, start, Math.min(end, start + KEPT));
        minHead = head;
    }

    private void setMax(byte[] data, int start, int end, long head) {
        max = Arrays.copyOfRange(data, start, Math.min(end, start + KEPT));
        maxHead = head;
    }

    /// The first eight bytes as an unsigned number, filled up with zeros.
    private static long head(byte[] data, int start, int end) {
        if (end - start >= Long.BYTES) {
            return (long) LONG.get(data, start);
        }
        long head = 0;
        for (int i = start; i < end; i++) {
            head = head << Byte.SIZE | (data[i] & 0xff);
        }
        int missing = Long.BYTES - (end - start);
        return missing == Long.BYTES ? 0 : head << (missing * Byte.SIZE);
    }
}
