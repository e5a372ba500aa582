package dev.freshet.schedule;

import dev.freshet.query.QueryTable;

/// The rules of [LedgerView] as a SELECT.
final class LedgerSql {
    static final String SHOWN = """
            WITH ranked AS (
              SELECT *, row_number() OVER (
                PARTITION BY task, CASE WHEN outcome IN ('skipped', 'missed') THEN 'from ' || missed_from ELSE run_id END
                ORDER BY CASE outcome WHEN 'succeeded' THEN 4 WHEN 'unchanged' THEN 3 WHEN 'failed' THEN 2
                  WHEN 'lost' THEN 1 ELSE 0 END DESC,
                  CASE WHEN outcome IN ('skipped', 'missed') THEN fence[1] ELSE 0 END DESC,
                  CASE WHEN outcome IN ('skipped', 'missed') THEN fence[2] ELSE 0 END DESC,
                  adopted DESC) AS place
              FROM %s),
            once AS (SELECT * EXCLUDE (place) FROM ranked WHERE place = 1),
            settling AS (
              SELECT *, first_value(run_id) OVER (
                PARTITION BY task, settled AND outcome NOT IN ('skipped', 'missed'), due_at,
                  CASE WHEN due_at IS NULL THEN requested_at END
                ORDER BY fence[1] DESC, fence[2] DESC) AS winner
              FROM once)
            SELECT * EXCLUDE (winner) REPLACE (
              CASE WHEN settled AND outcome NOT IN ('skipped', 'missed') AND run_id <> winner
                THEN '%s' ELSE reason END AS reason)
            FROM settling
            """.formatted(QueryTable.ROWS, LedgerView.SUPERSEDED);

    private LedgerSql() {}
}
