"""Calendar and meeting providers."""
