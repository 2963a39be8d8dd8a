-- Both cubes as one: the measures of the funnel by force, deployment, camera and local hour.
SELECT
  c.force_id,
  c.deployment_id,
  c.camera_id,
  h.local_date,
  h.local_hour,
  h.month,
  c.intervals_count,
  c.scanned_seconds,
  c.faces_seen_count,
  CAST(0 AS BIGINT) AS alerts_count,
  CAST(0 AS BIGINT) AS true_alerts_count,
  CAST(0 AS BIGINT) AS false_alerts_count,
  CAST(0 AS BIGINT) AS engagements_after_true_alerts_count,
  CAST(0 AS BIGINT) AS engagements_after_false_alerts_count,
  CAST(0 AS BIGINT) AS arrests_count,
  CAST(0 AS BIGINT) AS other_disposals_count,
  CAST(0 AS BIGINT) AS no_action_count
FROM interval_hours c
JOIN hours h ON h.hour_us = c.hour_us
UNION ALL
SELECT
  f.force_id,
  c.deployment_id,
  c.camera_id,
  h.local_date,
  h.local_hour,
  h.month,
  CAST(0 AS BIGINT),
  CAST(0 AS BIGINT),
  CAST(0 AS BIGINT),
  c.alerts_count,
  c.true_alerts_count,
  c.false_alerts_count,
  c.engagements_after_true_alerts_count,
  c.engagements_after_false_alerts_count,
  c.arrests_count,
  c.other_disposals_count,
  c.no_action_count
FROM alert_hours c
JOIN hours h ON h.hour_us = c.hour_us
JOIN forces_of f ON f.deployment_id = c.deployment_id
