"""Ways to deliver messages."""
