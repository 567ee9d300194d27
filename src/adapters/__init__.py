"""The outside world: one folder for each port, side by side, none knowing another."""
