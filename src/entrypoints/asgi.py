"""What an ASGI server imports: `uvicorn --factory entrypoints.asgi:create_app`."""

import gc
import os

from litestar import Litestar

import bootstrap
from entrypoints.cli import with_dotenv
from entrypoints.logs import configure_logs


def create_app() -> Litestar:
    """The application with the settings of this process's environment."""
    settings = bootstrap.settings_of(with_dotenv(os.environ))
    configure_logs(production=settings.production)
    app = bootstrap.http_app(settings)
    # What stands now stays for as long as the process: no search for garbage has to look through it while people wait.
    gc.freeze()
    return app
