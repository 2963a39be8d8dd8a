-- The funnel of each force by month.
SELECT force_id, month, {sums}
FROM events
GROUP BY force_id, month
