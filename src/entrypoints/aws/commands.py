"""The commands `openhours aws …`. They read no settings of the product: what they need is asked of AWS."""

import argparse
import json
from pathlib import Path
from typing import Any

from entrypoints.aws import Stopped, queues
from entrypoints.aws.clients import told
from entrypoints.aws.deploying import Deployment
from entrypoints.aws.packaging import Target, package
from entrypoints.aws.releases import Releases
from entrypoints.aws.stacks import ORDER, Stack

_OUT = Path("var/release")
_SOURCE = Path(__file__).resolve().parents[3]
"""The checkout that the command stands in."""


def add_to(commands: Any) -> None:
    """Add these commands to those of the parser."""
    aws = commands.add_parser("aws", help="releases and deployments on AWS").add_subparsers(required=True)
    pack = aws.add_parser("package", help="make a release of this checkout")
    pack.add_argument("--out", type=Path, default=_OUT)
    pack.add_argument("--machine", choices=("aarch64", "x86_64"), default="aarch64", metavar="MACHINE")
    pack.add_argument("--python", default="3.12", help="of the functions and instances (default: 3.12)")
    pack.add_argument("--certificates", type=Path, help="the PEM by which the databases of RDS are known")
    pack.set_defaults(run=_package, bare=True)
    deploy = _about_a_deployment(aws, "deploy", "roll out the release that was packaged last")
    deploy.add_argument("--release", type=Path, default=_OUT, metavar="FOLDER", help="where it was packaged")
    deploy.add_argument("--parameters", type=Path, help="JSON: parameters of the templates and their values")
    deploy.set_defaults(run=_deploy)
    back = _about_a_deployment(aws, "rollback", "roll out an earlier release; the database stays as it is")
    back.add_argument("--to", metavar="RELEASE", help="which (default: the one before)")
    back.add_argument("--parameters", type=Path, help="as those of deploy")
    back.set_defaults(run=_rollback)
    _about_a_deployment(aws, "migrate", "bring its database up to date").set_defaults(run=_migrate)
    _about_a_deployment(aws, "status", "its stacks, releases and queues").set_defaults(run=_status)
    replay = _about_a_deployment(aws, "replay", "put a queue's dead letters back")
    replay.add_argument("queue", choices=queues.GROUPS, metavar="QUEUE", help=", ".join(queues.GROUPS))
    replay.set_defaults(run=_replay)


def _about_a_deployment(aws: Any, name: str, does: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = aws.add_parser(name, help=does)
    parser.add_argument("--deployment", default="openhours", help="its name (default: openhours)")
    parser.set_defaults(bare=True)
    return parser


def _package(arguments: argparse.Namespace) -> None:
    target = Target(machine=arguments.machine, python=arguments.python)
    release = package(_SOURCE, arguments.out, target=target, certificates=arguments.certificates)
    print(f"{release} is in {arguments.out}")
    if arguments.certificates is None:
        print("Without --certificates it knows no database of RDS: see the runbook of the first deployment.")


def _deploy(arguments: argparse.Namespace) -> None:
    with told():
        print(f"{_deployment(arguments).release(arguments.release)} is deployed")


def _rollback(arguments: argparse.Namespace) -> None:
    with told():
        print(f"{_deployment(arguments).roll_back(arguments.to)} is deployed")


def _migrate(arguments: argparse.Namespace) -> None:
    with told():
        _deployment(arguments).migrate()


def _status(arguments: argparse.Namespace) -> int:
    with told():
        stacks = [Stack(arguments.deployment, name) for name in ORDER]
        looks = {stack.part: stack.look() for stack in stacks}
        for stack in stacks:
            about = looks[stack.part]
            release = stack.parameter("Release") if about else None
            print(f"{stack.name}: {about['StackStatus'] if about else 'not there'}{f', {release}' if release else ''}")
        outputs = {key: value for stack in stacks if looks[stack.part] for key, value in stack.outputs().items()}
        if bucket := outputs.get("ArtifactsBucket"):
            for each in Releases(bucket).history(arguments.deployment)[-5:]:
                print(f"deployed {each.at}: {each.release}")
        dead = 0
        for group in queues.GROUPS if looks["events"] else ():
            queue, letters = queues.addresses(outputs, group)
            dead += (count := queues.waiting(letters))
            print(f"queue {group}: {queues.waiting(queue)} wait, {count} dead letters")
    # Something to look at: for scripts that ask.
    return 1 if dead or not all(looks.values()) else 0


def _replay(arguments: argparse.Namespace) -> None:
    with told():
        queue, letters = queues.addresses(Stack(arguments.deployment, "events").outputs(), arguments.queue)
        print(f"{queues.replay(letters, queue)} dead letters are back in the queue {arguments.queue}")


def _deployment(arguments: argparse.Namespace) -> Deployment:
    return Deployment(
        name=arguments.deployment,
        templates=_SOURCE / "deploy/aws",
        given=_parameters(getattr(arguments, "parameters", None)),
        say=lambda line: print(line, flush=True),
    )


def _parameters(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise Stopped(f"{path} cannot be read as JSON: {wrong}") from None
    if not isinstance(written, dict) or not all(isinstance(value, str) for value in written.values()):
        raise Stopped(f"{path} must be an object of names and texts.")
    return written
