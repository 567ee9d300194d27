"""The commands of whoever keeps the records: `openhours audit`. Thin, over bootstrap."""

import argparse
import asyncio
from typing import Any

import bootstrap
from scheduling_core.errors import InvalidInput
from scheduling_core.use_cases.audit import Verdict
from settings import Settings


def add_to(commands: Any) -> None:
    """Add these commands to those of the parser."""
    audit = commands.add_parser("audit", help="the history and its chain of hashes").add_subparsers(required=True)
    verify = audit.add_parser("verify", help="reckon the chain anew; exit status 1 names the first broken entry")
    verify.add_argument(
        "--expect", metavar="POSITION:HASH", help="the chain must still hold this link, noted when it was the newest"
    )
    verify.set_defaults(run=_verify)


def _verify(settings: Settings, arguments: argparse.Namespace) -> int:
    expected = _link(arguments.expect) if arguments.expect else None

    async def verify() -> Verdict:
        async with bootstrap.opened(settings) as wired:
            return await wired.verify_history()(expected)

    verdict = asyncio.run(verify())
    newest = f"{verdict.newest.position}:{verdict.newest.hash}" if verdict.newest else "none"
    print(f"{verdict.checked} entries hold, {verdict.waiting} wait for their link. Newest link: {newest}")
    if verdict.broken is None:
        return 0
    entry = "" if verdict.broken.number is None else f", entry {verdict.broken.number}"
    print(f"BROKEN at link {verdict.broken.position}{entry}: {verdict.broken.why}.")
    return 1


def _link(text: str) -> tuple[int, str]:
    position, _, digest = text.partition(":")
    if not position.isdecimal() or len(digest) != 64:
        raise InvalidInput("expect", "--expect takes a link as `openhours audit verify` prints it: POSITION:HASH.")
    return int(position), digest.lower()
