-- Alerts by reason for the watchlist, and whether each identifier could be one.
SELECT
  file_name,
  watchlist_reason_code,
  CAST(COUNT(*) AS BIGINT) AS alerts_count,
  CAST(COUNT(alert_id) AS BIGINT) AS identified_count,
  CAST(MAX(LENGTH(alert_id)) AS BIGINT) AS longest_id,
  CAST(SUM(CASE WHEN alert_id LIKE '% %' THEN 1 ELSE 0 END) AS BIGINT) AS spaced_count
FROM alert_events
GROUP BY file_name, watchlist_reason_code
