"""From counts to Estimates: each measure with its denominator,
its interval and what may be claimed."""
