-- Cameras with alerts in a deployment in which they have no interval.
WITH cameras AS (SELECT DISTINCT deployment_id, camera_id FROM interval_hours)
SELECT c.deployment_id, c.camera_id, MIN(c.file_id) AS file_id, SUM(c.alerts_count) AS n
FROM alert_hours c
JOIN forces_of f ON f.deployment_id = c.deployment_id
LEFT JOIN cameras k ON k.deployment_id = c.deployment_id AND k.camera_id = c.camera_id
WHERE k.camera_id IS NULL AND c.camera_id IS NOT NULL
GROUP BY c.deployment_id, c.camera_id
ORDER BY c.deployment_id, c.camera_id
