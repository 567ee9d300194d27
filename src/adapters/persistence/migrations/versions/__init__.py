"""Revisions. A released one is never changed: what it made is in databases that exist."""
