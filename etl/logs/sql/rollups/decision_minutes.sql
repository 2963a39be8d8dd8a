-- Minutes begun from alert to decision: the values of PERCENTILE_DISC at 0.5 and 0.95, from counts.
WITH delays AS (
  SELECT f.force_id, c.month, c.minutes, CAST(SUM(c.alerts_count) AS BIGINT) AS alerts_count
  FROM alert_delays c
  JOIN forces_of f ON f.deployment_id = c.deployment_id
  WHERE c.minutes >= 0
  GROUP BY f.force_id, c.month, c.minutes
), running AS (
  SELECT force_id, month, minutes,
    SUM(alerts_count) OVER (PARTITION BY force_id, month ORDER BY minutes
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS up_to,
    SUM(alerts_count) OVER (PARTITION BY force_id, month) AS total
  FROM delays
)
SELECT
  force_id,
  month,
  CAST(MAX(total) AS BIGINT) AS decided_alerts_count,
  CAST(MIN(CASE WHEN up_to * 100 >= total * 50 THEN minutes END) AS BIGINT) AS median_minutes,
  CAST(MIN(CASE WHEN up_to * 100 >= total * 95 THEN minutes END) AS BIGINT)
    AS percentile_95_minutes
FROM running
GROUP BY force_id, month
