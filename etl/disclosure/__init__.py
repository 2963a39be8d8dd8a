"""Disclosure control: counts of people that are too small to be published."""
