"""Real servers for tests: PostgreSQL, a browser, the product itself as processes.

Whatever starts here ends with the test run, also when the run is killed. What is missing fails with one line that says how
to obtain it; nothing is skipped.
"""
