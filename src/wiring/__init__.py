"""Wiring by area. Which adapters there are, and which stands behind a port, bootstrap alone decides."""
