-- Deployments with alerts and without an interval.
SELECT c.deployment_id, MIN(c.file_id) AS file_id, SUM(c.alerts_count) AS n
FROM alert_hours c
WHERE c.deployment_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM forces_of f WHERE f.deployment_id = c.deployment_id)
GROUP BY c.deployment_id
ORDER BY c.deployment_id
