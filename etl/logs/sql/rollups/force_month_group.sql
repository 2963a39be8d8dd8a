-- Alerts of each force and month by group of people, before disclosure control.
SELECT
  f.force_id,
  g.month,
  g.classification_code,
  g.group_code,
  CAST(SUM(g.alerts_count) AS BIGINT) AS alerts_count,
  CAST(SUM(CASE WHEN g.decision_code = 'true_alert' THEN g.alerts_count ELSE 0 END) AS BIGINT)
    AS true_alerts_count,
  CAST(SUM(CASE WHEN g.decision_code = 'false_alert' THEN g.alerts_count ELSE 0 END) AS BIGINT)
    AS false_alerts_count
FROM alert_groups g
JOIN forces_of f ON f.deployment_id = g.deployment_id
WHERE g.classification_code IS NOT NULL
GROUP BY f.force_id, g.month, g.classification_code, g.group_code
