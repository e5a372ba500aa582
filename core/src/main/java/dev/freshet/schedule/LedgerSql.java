package dev.freshet.schedule;

import dev.freshet.query.QueryTable;

/// The rules of [LedgerView] as a SELECT.
final class LedgerSql {
    static final String SHOWN = """
            WITH judged AS (
              SELECT *, outcome IN ('skipped', 'missed') AS is_range,
                CASE outcome
                  WHEN 'succeeded' THEN 6 WHEN 'unchanged' THEN 4 WHEN 'failed' THEN 2 WHEN 'lost' THEN 1 ELSE 0 END
                  + CASE WHEN adopted AND outcome IN ('succeeded', 'unchanged', 'failed') THEN 1 ELSE 0 END AS worth
              FROM %s),
            once AS (
              SELECT * FROM judged
              QUALIFY row_number() OVER (
                PARTITION BY task, is_range, CASE WHEN is_range THEN missed_from::VARCHAR ELSE run_id END
                ORDER BY worth DESC, fence DESC, adopted DESC, finished_at DESC) = 1),
            placed AS (
              SELECT *, settled AND NOT is_range AS settles, row_number() OVER (
                PARTITION BY task, settled AND NOT is_range, due_at, CASE WHEN due_at IS NULL THEN requested_at END
                ORDER BY fence DESC) AS place,
                CASE WHEN is_range THEN missed_from WHEN settled THEN due_at END AS first_due
              FROM once)
            SELECT * EXCLUDE (is_range, worth, settles, place, first_due) REPLACE (
              CASE WHEN (settles AND place > 1) OR EXISTS (
                  SELECT 1 FROM placed AS later
                  WHERE later.task = shown.task AND later.fence > shown.fence
                    AND CASE WHEN later.is_range
                      THEN shown.first_due BETWEEN later.missed_from AND later.missed_to
                      ELSE later.settled AND later.due_at = shown.first_due END)
                THEN '%s' ELSE reason END AS reason)
            FROM placed AS shown
            """.formatted(QueryTable.ROWS, LedgerView.SUPERSEDED);

    private LedgerSql() {}
}
