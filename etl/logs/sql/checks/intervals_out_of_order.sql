-- Overlaps and gaps of some cameras. On the day of a clock change (a last Sunday of March or
-- October) those of an hour between midnight and two are told apart.
WITH spans AS (
  SELECT deployment_id, camera_id, filename, file_row_number, unix_micros(started_at) AS first_us,
    unix_micros(started_at) + CAST(seconds AS BIGINT) * 1000000 AS last_us, started_at
  FROM {source}
  WHERE (deployment_id, camera_id) IN ({cameras})
), steps AS (
  SELECT *, MAX(last_us) OVER (PARTITION BY deployment_id, camera_id
    ORDER BY first_us, last_us, filename, file_row_number
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_us
  FROM spans
), faults AS (
  SELECT *,
    CASE WHEN first_us < before_us THEN 'overlap' ELSE 'gap' END AS kind,
    LEAST(last_us, before_us) - first_us AS shared_us,
    month(started_at) IN (3, 10) AND day(started_at) > 24 AND dayofweek(started_at) = 0
      AND hour(started_at) <= 2 AND (first_us < before_us OR first_us - before_us >= 3600000000)
      AS at_change
  FROM steps
  WHERE first_us <> before_us
)
SELECT deployment_id, camera_id, kind, at_change, COUNT(*) AS n,
  CAST(SUM(CASE WHEN kind = 'overlap' THEN shared_us ELSE first_us - before_us END) / 1000000
    AS BIGINT) AS total_seconds,
  ARG_MIN(filename, first_us) AS filename, ARG_MIN(file_row_number, first_us) AS file_row_number
FROM faults
GROUP BY deployment_id, camera_id, kind, at_change
ORDER BY deployment_id, camera_id, kind, at_change
