-- Alerts by file, deployment, camera and UTC hour: the funnel, and what the checks look for.
SELECT
  file_name,
  deployment_id,
  camera_id,
  unix_micros(alerted_at) - unix_micros(alerted_at) % 3600000000 AS hour_us,
  CAST(COUNT(*) AS BIGINT) AS alerts_count,
  MIN(unix_micros(alerted_at)) AS first_us,
  MAX(unix_micros(alerted_at)) AS last_us,
  CAST(SUM(CASE WHEN decision_code = 'true_alert' THEN 1 ELSE 0 END) AS BIGINT)
    AS true_alerts_count,
  CAST(SUM(CASE WHEN decision_code = 'false_alert' THEN 1 ELSE 0 END) AS BIGINT)
    AS false_alerts_count,
  CAST(SUM(CASE WHEN engagement_code = 'yes' AND decision_code = 'true_alert' THEN 1 ELSE 0 END)
    AS BIGINT) AS engagements_after_true_alerts_count,
  CAST(SUM(CASE WHEN engagement_code = 'yes' AND decision_code = 'false_alert' THEN 1 ELSE 0 END)
    AS BIGINT) AS engagements_after_false_alerts_count,
  CAST(SUM(CASE WHEN outcome_code = 'arrest' THEN 1 ELSE 0 END) AS BIGINT) AS arrests_count,
  CAST(SUM(CASE WHEN outcome_code = 'other_disposal' THEN 1 ELSE 0 END) AS BIGINT)
    AS other_disposals_count,
  CAST(SUM(CASE WHEN outcome_code = 'no_action' THEN 1 ELSE 0 END) AS BIGINT) AS no_action_count,
  CAST(SUM(CASE WHEN score < threshold THEN 1 ELSE 0 END) AS BIGINT) AS below_threshold_count,
  CAST(SUM(CASE WHEN decided_at < alerted_at THEN 1 ELSE 0 END) AS BIGINT)
    AS decided_before_count
FROM alert_events
GROUP BY
  file_name,
  deployment_id,
  camera_id,
  unix_micros(alerted_at) - unix_micros(alerted_at) % 3600000000
