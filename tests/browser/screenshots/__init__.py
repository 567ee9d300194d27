"""Pictures of every screen of the running product, and of the states that a screen can be in."""
