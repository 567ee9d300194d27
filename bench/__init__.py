"""How fast the product is, against what the database itself can do in the same run: `make bench`."""
