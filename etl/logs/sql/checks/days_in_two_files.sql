-- Days of a force that are in more than one file of a table.
WITH days AS (
  SELECT 'scan_intervals' AS table_name, c.force_id, h.local_date, c.file_id
  FROM interval_hours c JOIN hours h ON h.hour_us = c.hour_us
  UNION
  SELECT 'alert_events', f.force_id, h.local_date, c.file_id
  FROM alert_hours c JOIN hours h ON h.hour_us = c.hour_us
  JOIN forces_of f ON f.deployment_id = c.deployment_id
)
SELECT table_name, force_id, local_date, MIN(file_id) AS file_id, MAX(file_id) AS last_file_id
FROM days
GROUP BY table_name, force_id, local_date
HAVING COUNT(*) > 1
ORDER BY file_id, local_date
