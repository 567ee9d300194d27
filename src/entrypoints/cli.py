"""The command `openhours`: serve | worker | migrate | demo | admin | audit | privacy | aws. Thin, over bootstrap."""

import argparse
import asyncio
import getpass
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import uvicorn

import bootstrap
from entrypoints import keeping
from entrypoints.aws import Stopped
from entrypoints.aws import commands as aws
from entrypoints.logs import configure_logs
from scheduling_core.access import Actor, Role
from scheduling_core.doctor import DoctorStatus
from scheduling_core.errors import NotFound, Refusal
from scheduling_core.ids import DoctorId
from settings import Settings, WrongSetting

HOW_SERVED: dict[str, Any] = {
    "factory": True,
    "http": bootstrap.HTTP_PROTOCOL,
    "loop": bootstrap.HTTP_LOOP,
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,
    # Longer than a load balancer keeps its idle connections, or it would send a request down one just closed.
    "timeout_keep_alive": 75,
    "timeout_graceful_shutdown": 15,
    # A worker answers its supervisor only once it has imported the product, which takes a busy machine longer than the usual
    # five seconds: it would be killed for being slow, and its successor begin anew, for ever. Not longer than this, for a
    # supervisor that waits for an answer obeys no signal.
    "timeout_worker_healthcheck": 60,
}
"""What uvicorn is told wherever the product is served."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. A wrong setting or a refusal is one line on standard error, and exit status 2."""
    arguments = _parser().parse_args(argv)
    try:
        if "bare" in arguments:
            return int(arguments.run(arguments) or 0)
        settings = bootstrap.settings_of(with_dotenv(os.environ))
        configure_logs(production=settings.production)
        return int(arguments.run(settings, arguments) or 0)
    except (WrongSetting, Refusal, bootstrap.NotReady, Stopped) as wrong:
        print(f"openhours: {wrong}", file=sys.stderr)
        return 2


def with_dotenv(environ: Mapping[str, str], path: Path = Path(".env")) -> dict[str, str]:
    """The environment over the settings in `.env`, which only development reads."""
    if environ.get("OPENHOURS_ENV") == "production" or not path.is_file():
        return dict(environ)
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#") and "=" in line)
    return {name.strip(): value.strip().strip("\"'") for name, _, value in pairs} | dict(environ)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="openhours", description="Healthcare appointment scheduling.")
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="serve HTTP, and deliver tasks beside it")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--workers", type=int, default=None, help="processes (default: OPENHOURS_WORKERS)")
    serve.add_argument("--certificate", help="PEM: speak TLS, as a load balancer that encrypts to its targets expects")
    serve.add_argument("--key", help="PEM: of the certificate")
    serve.set_defaults(run=_serve)
    commands.add_parser("worker", help="deliver tasks only").set_defaults(run=_worker)
    commands.add_parser("migrate", help="bring the database up to date").set_defaults(run=_migrate)
    commands.add_parser("demo", help="fill an empty database with a demonstration").set_defaults(run=_demo)
    admin = commands.add_parser("admin", help="administrators and approvals").add_subparsers(required=True)
    create = admin.add_parser("create", help="a new administrator; the password is asked for")
    create.add_argument("--name", required=True)
    create.add_argument("--email", required=True)
    create.add_argument("--time-zone", default="UTC")
    create.set_defaults(run=_admin_create)
    approve = admin.add_parser("approve", help="list a registered doctor")
    approve.add_argument("email")
    approve.set_defaults(run=_admin_approve)
    keeping.add_to(commands)
    aws.add_to(commands)
    return parser


def _serve(settings: Settings, arguments: argparse.Namespace) -> None:
    if (arguments.certificate is None) != (arguments.key is None):
        raise WrongSetting("--certificate and --key go together.")
    asyncio.run(bootstrap.check(settings))
    scheme = "https" if arguments.certificate else "http"
    print(f"Openhours is served on {scheme}://{arguments.host}:{arguments.port}", flush=True)
    uvicorn.run(
        "entrypoints.asgi:create_app",
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers or settings.workers,
        ssl_certfile=arguments.certificate,
        ssl_keyfile=arguments.key,
        **HOW_SERVED,
    )


def _worker(settings: Settings, _: argparse.Namespace) -> None:
    async def work() -> None:
        async with bootstrap.opened(settings) as wired:
            stop = asyncio.Event()
            for signal_number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(signal_number, stop.set)
            async with bootstrap.figures_written(wired), wired.runner().running():
                await stop.wait()

    asyncio.run(bootstrap.check(settings))
    asyncio.run(work())


def _migrate(settings: Settings, _: argparse.Namespace) -> None:
    asyncio.run(bootstrap.migrate(settings.databases))


def _demo(settings: Settings, _: argparse.Namespace) -> None:
    # Loaded where it is asked for: people and the library that draws them are nothing that whoever serves should keep.
    from entrypoints.demonstrating import demonstrate  # noqa: PLC0415

    demonstrate(settings)


def _admin_create(settings: Settings, arguments: argparse.Namespace) -> None:
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")

    async def create() -> None:
        async with bootstrap.opened(settings) as wired:
            await wired.create_administrator()(
                name=arguments.name, email=arguments.email, password=password, time_zone=arguments.time_zone
            )

    asyncio.run(create())
    print(f"{arguments.email} may sign in as an administrator.")


def _admin_approve(settings: Settings, arguments: argparse.Namespace) -> None:
    async def approve() -> str:
        async with bootstrap.opened(settings) as wired:
            async with wired.storage().reading() as unit:
                credential = await unit.accounts.find_credential(arguments.email)
            if credential is None or credential.actor.role is not Role.DOCTOR:
                raise NotFound(f"No doctor has registered with {arguments.email}.")
            doctor_id = DoctorId(credential.actor.known())
            operator = Actor(Role.ADMINISTRATOR, credential.actor.known())
            return (await wired.decide_doctor()(operator, doctor_id, DoctorStatus.APPROVED)).name

    print(f"{asyncio.run(approve())} is listed.")


if __name__ == "__main__":
    sys.exit(main())
