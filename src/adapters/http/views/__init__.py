"""The shapes of the outside: what requests must look like and what answers are made of. One file for each audience."""
