"""What an ASGI server imports: `uvicorn --factory entrypoints.asgi:create_app`."""

import os

from litestar import Litestar

import bootstrap
from entrypoints.cli import with_dotenv
from entrypoints.logs import configure_logs
from settings import read_settings


def create_app() -> Litestar:
    """The application with the settings of this process's environment."""
    settings = read_settings(with_dotenv(os.environ))
    configure_logs(production=settings.production)
    return bootstrap.http_app(settings)
