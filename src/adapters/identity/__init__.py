"""Providers of patient sign-in."""
