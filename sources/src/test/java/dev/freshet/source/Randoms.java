package dev.freshet.source;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Random;

/// Random literals, with the edges of their ranges among them.
public final class Randoms {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    private Randoms() {}

    /// An integer of so many bits, often near zero or an edge.
    public static String signed(Random random, int bits) {
        BigInteger edge = BigInteger.ONE.shiftLeft(bits - 1);
        return switch (random.nextInt(4)) {
            case 0 -> edge.negate().toString();
            case 1 -> edge.subtract(BigInteger.ONE).toString();
            case 2 -> Integer.toString(random.nextInt(20) - 10);
            default -> new BigInteger(bits, random).subtract(edge).toString();
        };
    }

    public static String unsigned(Random random, int bits) {
        return random.nextInt(4) == 0
                ? BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE).toString()
                : new BigInteger(bits, random).toString();
    }

    /// A decimal with exactly this scale and at most this precision.
    public static String decimal(Random random, int precision, int scale) {
        StringBuilder digits = new StringBuilder();
        int length = random.nextBoolean() ? precision : 1 + random.nextInt(precision);
        for (int i = 0; i < length; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        java.math.BigDecimal value = new java.math.BigDecimal(new BigInteger(digits.toString()), scale);
        return (random.nextBoolean() ? value : value.negate()).toPlainString();
    }

    public static String hex(Random random, int longest) {
        byte[] bytes = new byte[random.nextInt(longest + 1)];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Text of letters from many scripts, quoted.
    public static String text(Random random, int longest) {
        String alphabet = "ab c'\"\\,{}€ßÜ漢😀";
        StringBuilder text = new StringBuilder();
        int[] points = alphabet.codePoints().toArray();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    /// A time between the years, with microseconds.
    public static String timestamp(Random random, int fromYear, int toYear) {
        long from = Instant.parse("%04d-01-01T00:00:00Z".formatted(fromYear)).getEpochSecond();
        long to = Instant.parse("%04d-01-01T00:00:00Z".formatted(toYear)).getEpochSecond();
        long second = from + (long) (random.nextDouble() * (to - from));
        return MICROS.format(
                Instant.ofEpochSecond(second, random.nextInt(1_000_000) * 1000L).atOffset(ZoneOffset.UTC));
    }
}
