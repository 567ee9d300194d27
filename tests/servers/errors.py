"""What can go wrong with a server for tests.

ServerError
├── Missing         a program is not on this machine
└── NotReady        it was started and did not answer in time, or ended by itself
"""


class ServerError(Exception):
    """A server for tests is not to be had."""


class Missing(ServerError):
    """A program that the tests need is not installed; the message says what to run."""


class NotReady(ServerError):
    """A server was started but ended, or stayed silent past its deadline; the message carries its log."""
