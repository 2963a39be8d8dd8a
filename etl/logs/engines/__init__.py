"""The engines that count a log: DuckDB on one machine, Spark Connect on a cluster."""
