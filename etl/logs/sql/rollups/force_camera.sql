-- The funnel of each force by camera.
SELECT force_id, camera_id, {sums}
FROM events
GROUP BY force_id, camera_id
