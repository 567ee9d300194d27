"""What starts the product: web server, worker, command line, Lambda."""

import gc

# Imports make hundreds of thousands of objects that stay: looking through them for garbage, again and again, takes a
# quarter of the time from the start to the first answer.
gc.set_threshold(50_000, 20, 20)
