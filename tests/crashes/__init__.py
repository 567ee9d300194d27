"""The process dies: at every commit and every call of a provider, before it and after it."""
