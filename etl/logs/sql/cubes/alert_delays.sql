-- Alerts by minutes begun from alert to decision; -1 is a decision before its alert, NULL is none.
SELECT
  file_name,
  deployment_id,
  {month} AS month,
  CASE WHEN decided_at < alerted_at THEN -1 ELSE
    CAST((unix_micros(decided_at) - unix_micros(alerted_at) + 59999999
      - (unix_micros(decided_at) - unix_micros(alerted_at) + 59999999) % 60000000) / 60000000
      AS BIGINT) END AS minutes,
  CAST(COUNT(*) AS BIGINT) AS alerts_count
FROM alert_events
GROUP BY
  file_name,
  deployment_id,
  {month},
  CASE WHEN decided_at < alerted_at THEN -1 ELSE
    CAST((unix_micros(decided_at) - unix_micros(alerted_at) + 59999999
      - (unix_micros(decided_at) - unix_micros(alerted_at) + 59999999) % 60000000) / 60000000
      AS BIGINT) END
