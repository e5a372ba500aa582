package dev.freshet.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A table of what business databases hold beside numbers: uuids, documents, texts, lists, enums, and nulls in most
/// columns. Its values follow from the number of the row.
final class WideRows {
    private static final String ENUM = "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'delighted')";
    private static final String TABLE = """
            CREATE UNLOGGED TABLE wide (
                id bigint PRIMARY KEY, ref uuid NOT NULL, parent uuid, mood mood, active boolean NOT NULL,
                title text NOT NULL, note text, amount numeric(12,2) NOT NULL, rate numeric, ratio double precision,
                tags text[], scores integer[], placed_at timestamptz NOT NULL, day date, document jsonb NOT NULL,
                extra jsonb)""";
    private static final String ROWS = """
            INSERT INTO wide SELECT n,
                md5(n::text)::uuid,
                CASE WHEN n % 3 > 0 THEN md5((n / 10)::text)::uuid END,
                CASE WHEN n % 7 > 0 THEN (enum_range(NULL::mood))[1 + n * 7919 % 4] END,
                n % 5 > 0,
                'Order ' || n || ' of customer ' || n * 7919 % 100003,
                CASE WHEN n % 4 > 0 THEN repeat(md5((n * 3)::text) || ' ', 1 + (n % 4)::int) END,
                n * 7919 % 100000007 / 100.0,
                CASE WHEN n % 2 = 0 THEN n * 104729 % 1000003 / 7.0 END,
                CASE WHEN n % 10 > 0 THEN sqrt(n) END,
                CASE WHEN n % 5 > 0 THEN ARRAY['red', NULL, md5((n % 1000)::text)] ELSE '{}' END,
                CASE WHEN n % 6 > 0 THEN ARRAY[n % 100, n % 1000, n % 17]::integer[] END,
                timestamptz '2026-01-01 00:00Z' + n * interval '1.000007 second',
                CASE WHEN n % 9 > 0 THEN date '2026-01-01' + (n % 366)::int END,
                jsonb_build_object('id', n, 'name', 'name ' || n % 5003, 'nested', jsonb_build_object('a', n % 17,
                    'b', md5((n + 1)::text)), 'list', jsonb_build_array(n % 3, n % 5, NULL)),
                CASE WHEN n % 8 = 0 THEN jsonb_build_object('trace', md5((n + 2)::text)) END
            FROM generate_series(1::bigint, :rows) AS n""";

    private WideRows() {}

    static BenchTable fill(Connection connection, long rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ENUM);
            statement.execute(TABLE);
            statement.execute(ROWS.replace(":rows", Long.toString(rows)));
        }
        return new BenchTable(BenchTable.WIDE, rows);
    }
}
