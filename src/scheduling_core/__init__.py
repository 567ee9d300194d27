"""The domain: rules of scheduling, payment and access, on the standard library alone."""
