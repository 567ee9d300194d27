"""What AWS Lambda calls: thin handlers over the same use cases that a worker runs. Each is `handler(event, context)`."""
