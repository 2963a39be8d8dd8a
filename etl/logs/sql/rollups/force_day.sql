-- The funnel of each force by day.
SELECT force_id, local_date, {sums}
FROM events
GROUP BY force_id, local_date
