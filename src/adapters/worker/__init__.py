"""The driving side that no person sees: it does what is due."""
