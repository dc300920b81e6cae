"""Metrics and attacks on arrays, the table, the figures, the report of a deletion request."""
