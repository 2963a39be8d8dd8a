-- The force of each deployment, as its intervals have it.
SELECT deployment_id, MIN(force_id) AS force_id
FROM interval_hours
GROUP BY deployment_id
