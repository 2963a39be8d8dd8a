-- Alerts by threshold in use and score, in hundredths rounded down; -1 is no score from 0 to 1.
SELECT
  file_name,
  deployment_id,
  {month} AS month,
  CASE WHEN threshold BETWEEN 0 AND 1
    THEN CAST(FLOOR(threshold * 100 + 0.000001) AS BIGINT) ELSE -1 END AS threshold_hundredths,
  CASE WHEN score BETWEEN 0 AND 1
    THEN CAST(FLOOR(score * 100 + 0.000001) AS BIGINT) ELSE -1 END AS score_hundredths,
  decision_code,
  CAST(COUNT(*) AS BIGINT) AS alerts_count
FROM alert_events
GROUP BY
  file_name,
  deployment_id,
  {month},
  CASE WHEN threshold BETWEEN 0 AND 1
    THEN CAST(FLOOR(threshold * 100 + 0.000001) AS BIGINT) ELSE -1 END,
  CASE WHEN score BETWEEN 0 AND 1
    THEN CAST(FLOOR(score * 100 + 0.000001) AS BIGINT) ELSE -1 END,
  decision_code
