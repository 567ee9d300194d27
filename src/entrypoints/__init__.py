"""What starts the product: web server, worker, command line, Lambda."""
