"""Metrics on arrays, the membership attack and the comparison table."""
