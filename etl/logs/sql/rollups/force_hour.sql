-- The funnel of each force by hour of the day.
SELECT force_id, local_hour, {sums}
FROM events
GROUP BY force_id, local_hour
