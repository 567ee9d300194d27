"""What the core needs of the outside, one file for each need. Adapters match these structurally."""
