-- How many of the alerts made at a threshold would remain at each higher one. Hundredths.
WITH scores AS (
  SELECT f.force_id, c.month, c.threshold_hundredths, c.score_hundredths,
    CAST(SUM(c.alerts_count) AS BIGINT) AS alerts_count,
    CAST(SUM(CASE WHEN c.decision_code = 'true_alert' THEN c.alerts_count ELSE 0 END) AS BIGINT)
      AS true_alerts_count,
    CAST(SUM(CASE WHEN c.decision_code = 'false_alert' THEN c.alerts_count ELSE 0 END) AS BIGINT)
      AS false_alerts_count
  FROM alert_scores c
  JOIN forces_of f ON f.deployment_id = c.deployment_id
  GROUP BY f.force_id, c.month, c.threshold_hundredths, c.score_hundredths
)
SELECT
  s.force_id,
  s.month,
  s.threshold_hundredths,
  t.hundredths AS at_threshold_hundredths,
  CAST(SUM(s.alerts_count) AS BIGINT) AS alerts_count,
  CAST(SUM(s.true_alerts_count) AS BIGINT) AS true_alerts_count,
  CAST(SUM(s.false_alerts_count) AS BIGINT) AS false_alerts_count
FROM scores s
JOIN hundredths t
  ON t.hundredths <= s.score_hundredths AND t.hundredths >= s.threshold_hundredths
GROUP BY s.force_id, s.month, s.threshold_hundredths, t.hundredths
