-- Files with alerts before the first start or after the last end of their deployment.
WITH spans AS (
  SELECT deployment_id, MIN(first_us) AS first_us, MAX(last_us) AS last_us
  FROM interval_hours GROUP BY deployment_id
)
SELECT DISTINCT c.file_id, c.deployment_id, s.first_us, s.last_us
FROM alert_hours c
JOIN spans s ON s.deployment_id = c.deployment_id
WHERE c.first_us < s.first_us OR c.last_us > s.last_us
ORDER BY c.file_id, c.deployment_id
