"""Wiring that needs no knowledge of providers: that is bootstrap's."""
