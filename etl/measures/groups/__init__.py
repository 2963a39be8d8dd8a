"""Measures about groups of people: shares, disparity, benchmarks, evaluations."""
