"""What can be asked for over HTTP, one file for each audience. A handler translates and does nothing else."""
