"""`openhours aws …`: releases, and the stacks of a deployment on Amazon Web Services."""


class Stopped(Exception):
    """Something that a person has to see to; the message says what, in a line or with the lines that tell why."""
