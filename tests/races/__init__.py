"""Races through HTTP against two server processes, judged by the history that they leave."""
