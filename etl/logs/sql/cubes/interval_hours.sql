-- Intervals by file, deployment, camera and UTC hour. `*_mix` are sums by exclusive or of mixed
-- starts and ends: equal but for the first start and the last end where each interval begins
-- where another ends.
SELECT
  file_name,
  force_id,
  deployment_id,
  camera_id,
  unix_micros(started_at) - unix_micros(started_at) % 3600000000 AS hour_us,
  CAST(COUNT(*) AS BIGINT) AS intervals_count,
  CAST(COUNT(seconds + faces_detected_count) AS BIGINT) AS filled_count,
  CAST(SUM(seconds) AS BIGINT) AS scanned_seconds,
  CAST(SUM(faces_detected_count) AS BIGINT) AS faces_seen_count,
  MIN(unix_micros(started_at)) AS first_us,
  MAX(unix_micros(started_at) + CAST(seconds AS BIGINT) * 1000000) AS last_us,
  mix64(MIN(unix_micros(started_at))) AS first_mix,
  mix64(MAX(unix_micros(started_at) + CAST(seconds AS BIGINT) * 1000000)) AS last_mix,
  BIT_XOR(mix64(unix_micros(started_at))) AS starts_mix,
  BIT_XOR(mix64(unix_micros(started_at) + CAST(seconds AS BIGINT) * 1000000)) AS ends_mix,
  CAST(MIN(seconds) AS BIGINT) AS least_seconds,
  CAST(MAX(seconds) AS BIGINT) AS most_seconds,
  CAST(MIN(faces_detected_count) AS BIGINT) AS least_faces
FROM scan_intervals
GROUP BY
  file_name,
  force_id,
  deployment_id,
  camera_id,
  unix_micros(started_at) - unix_micros(started_at) % 3600000000
