-- Cameras that start and end the same number of seconds before or after the middle camera of their
-- deployment: their clock, not their work, differs.
WITH cameras AS (
  SELECT deployment_id, camera_id, MIN(file_id) AS file_id, MIN(first_us) AS first_us,
    MAX(last_us) AS last_us
  FROM interval_hours GROUP BY deployment_id, camera_id
), middles AS (
  SELECT deployment_id,
    PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY first_us) AS first_us,
    PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY last_us) AS last_us
  FROM cameras GROUP BY deployment_id
)
SELECT c.deployment_id, c.camera_id, c.file_id,
  CAST((c.first_us - m.first_us) / 1000000 AS BIGINT) AS shift_seconds
FROM cameras c
JOIN middles m ON m.deployment_id = c.deployment_id
WHERE c.first_us <> m.first_us AND c.first_us - m.first_us = c.last_us - m.last_us
ORDER BY c.deployment_id, c.camera_id
