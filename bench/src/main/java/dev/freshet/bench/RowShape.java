package dev.freshet.bench;

import java.util.Locale;

/// What the rows of a table are like whose copies are weighed. Values follow from the number of the row.
enum RowShape {
    /// 300 bytes, hard to compress.
    PROSE("""
            n AS id, (n % 100000)::int AS customer, (n % 1000000 / 100.0)::numeric(12,2) AS amount,
            timestamptz '2026-01-01' + n * interval '1 second' AS placed_at,
            (SELECT string_agg(md5(n || '/' || i), '') FROM generate_series(1, 8) AS i) AS note"""),
    /// Numbers and a short text.
    ORDERS("""
            n AS id, (n % 100000)::int AS customer, (n % 1000000 / 100.0)::numeric(12,2) AS amount,
            'order ' || n % 1000 AS title"""),
    /// Two numbers.
    PAIRS("n AS id, (n * 7919 % 100003)::int AS other"),
    /// Sixteen random bytes and a number.
    UUIDS("md5(n::text)::uuid AS id, (n % 1000)::int AS amount"),
    /// A time, a number that may be missing, a few states.
    READINGS("""
            n AS id, timestamptz '2026-01-01' + n * interval '7 seconds' AS taken_at,
            CASE WHEN n % 10 > 0 THEN sqrt(n) END AS value, n % 3 = 0 AS valid,
            (ARRAY['new', 'paid', 'sent', 'done', 'lost'])[1 + n * 7919 % 5] AS state"""),
    /// A number and 32 characters, each different.
    HASHES("n AS id, md5(n::text) AS hash");

    private final String columns;

    RowShape(String columns) {
        this.columns = columns;
    }

    static RowShape of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The first so many rows.
    String query(long rows) {
        return "SELECT " + columns + " FROM generate_series(1::bigint, " + rows + ") AS n";
    }
}
