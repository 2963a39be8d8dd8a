-- Alerts by group of people, with what was decided and what came of it.
SELECT
  file_name,
  deployment_id,
  {month} AS month,
  classification_code,
  group_code,
  decision_code,
  engagement_code,
  outcome_code,
  CAST(COUNT(*) AS BIGINT) AS alerts_count
FROM alert_events
GROUP BY
  file_name,
  deployment_id,
  {month},
  classification_code,
  group_code,
  decision_code,
  engagement_code,
  outcome_code
