"""What the core needs from the outside world, one protocol file for each need."""
