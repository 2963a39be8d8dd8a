-- Identifiers of deployments that more than one force uses.
SELECT deployment_id, MIN(file_id) AS file_id, STRING_AGG(DISTINCT force_id, ' and ') AS forces
FROM interval_hours
GROUP BY deployment_id
HAVING COUNT(DISTINCT force_id) > 1
ORDER BY deployment_id
