-- Cameras of which some interval does not begin where another ends: see interval_hours.sql.
SELECT deployment_id, camera_id, LIST(DISTINCT file_id) AS file_ids
FROM interval_hours
WHERE deployment_id IS NOT NULL AND camera_id IS NOT NULL AND hour_us IS NOT NULL
GROUP BY deployment_id, camera_id
HAVING XOR(BIT_XOR(starts_mix), MIN_BY(first_mix, first_us))
    <> XOR(BIT_XOR(ends_mix), MAX_BY(last_mix, last_us))
  OR SUM(scanned_seconds) * 1000000 <> MAX(last_us) - MIN(first_us)
ORDER BY deployment_id, camera_id
