-- The funnel of each deployment, its first start and last end; minutes as a clock shows them.
WITH spans AS (
  SELECT deployment_id, MIN(first_us) AS first_us, MAX(last_us) AS last_us,
    CAST(COUNT(DISTINCT camera_id) AS BIGINT) AS cameras_count
  FROM interval_hours GROUP BY deployment_id
), thresholds AS (
  SELECT deployment_id, CAST(MIN(threshold_hundredths) AS BIGINT) AS least_threshold_hundredths,
    CAST(MAX(threshold_hundredths) AS BIGINT) AS most_threshold_hundredths
  FROM alert_scores GROUP BY deployment_id
), sums AS (
  SELECT force_id, deployment_id, {sums}
  FROM events GROUP BY force_id, deployment_id
)
SELECT
  s.force_id,
  s.deployment_id,
  p.first_us,
  p.last_us,
  CAST((p.last_us - p.last_us % 60000000 - p.first_us + p.first_us % 60000000) / 60000000
    AS BIGINT) AS duration_minutes,
  p.cameras_count,
  t.least_threshold_hundredths,
  t.most_threshold_hundredths,
  {columns}
FROM sums s
JOIN spans p ON p.deployment_id = s.deployment_id
LEFT JOIN thresholds t ON t.deployment_id = s.deployment_id
