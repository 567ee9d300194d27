"""How a process speaks of itself: lines for people in development, JSON in production. Tracebacks never show values."""

import logging

import structlog
from structlog.types import Processor


def configure_logs(*, production: bool) -> None:
    """From now on, everything that is logged in this process looks so."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    # Loggers that have spoken keep the list that they found: its content is what changes.
    processors: list[Processor] = structlog.get_config()["processors"]
    processors[:] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        # As text, without the local variables that structlog's own console shows.
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer() if production else structlog.dev.ConsoleRenderer(),
    ]
    structlog.configure(processors=processors, cache_logger_on_first_use=True)
