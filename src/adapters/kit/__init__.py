"""What several adapters share: deadlines, retries, breakers and guards."""
