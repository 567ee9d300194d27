"""The HTTP interface: translates requests into use cases and their answers into JSON."""
