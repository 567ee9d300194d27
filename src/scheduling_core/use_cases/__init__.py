"""What the product does: callable verbs over the ports."""
