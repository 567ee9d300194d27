"""The commands of whoever keeps the records: `openhours audit`, `openhours privacy`. Thin, over bootstrap."""

import argparse
import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import bootstrap
from scheduling_core.access import Actor, Role
from scheduling_core.errors import InvalidInput
from scheduling_core.ids import DoctorId, PatientId
from scheduling_core.invariants import Invariant, Progress, Violation
from scheduling_core.privacy import Erasure
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
    inspect = audit.add_parser(
        "inspect", help="judge everything that is stored; exit status 1 if an invariant is broken"
    )
    inspect.add_argument(
        "--provider", action="store_true", help="ask the payment provider about every payment, not about a few"
    )
    inspect.set_defaults(run=_inspect)
    strangers = audit.add_parser("strangers", help="payments that the provider has and the database does not")
    strangers.add_argument(
        "--since", type=datetime.fromisoformat, required=True, metavar="INSTANT", help="with its offset"
    )
    strangers.add_argument("--give-back", action="store_true", help="close, release or refund them")
    strangers.set_defaults(run=_strangers)
    privacy = commands.add_parser("privacy", help="people who were erased").add_subparsers(required=True)
    noted = privacy.add_parser("erasures", help="print who was erased, a line each: to be kept apart from the backups")
    noted.set_defaults(run=_erasures)
    replay = privacy.add_parser("replay", help="erase them again, after a backup was restored")
    replay.add_argument("file", nargs="?", type=Path, help="lines that `openhours privacy erasures` printed")
    replay.set_defaults(run=_replay)


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


def _inspect(settings: Settings, arguments: argparse.Namespace) -> int:
    asks = 10**6 if arguments.provider else 5

    async def inspect() -> tuple[dict[Invariant, int], dict[Violation, None]]:
        named: dict[Violation, None] = {}
        async with bootstrap.opened(settings) as wired:
            look = await wired.inspect()(Progress(), asks=asks)
            named.update(dict.fromkeys(look.violations))
            while not look.whole:
                # Once all payments were come by, nobody is asked about them again while the rest is.
                look = await wired.inspect()(look.progress, asks=0 if look.progress.rounds else asks)
                named.update(dict.fromkeys(look.violations))
        counts = Counter(each.invariant for each in named)
        return {invariant: max(count, counts[invariant]) for invariant, count in look.counts.items()}, named

    counts, named = asyncio.run(inspect())
    for violation in named:
        print(f"BROKEN {violation.invariant} {violation.about}: {violation.why}")
    print(", ".join(f"{invariant} {count}" for invariant, count in counts.items()))
    return int(any(counts.values()))


def _strangers(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.since.tzinfo is None:
        raise InvalidInput("since", "must name its offset, as in 2027-03-01T09:00:00+00:00")

    async def find() -> int:
        async with bootstrap.opened(settings) as wired:
            found = await wired.find_strangers()(arguments.since)
            for stranger in found:
                seen = await wired.give_back()(stranger) if arguments.give_back else stranger.seen
                money = f"{seen.amount} {seen.currency}, {seen.captured} captured, {seen.refunded} refunded"
                print(f"{seen.ref} of payment {stranger.payment_id}: {seen.status}, {money}")
        return len(found)

    found = asyncio.run(find())
    print(f"{found} checkouts that no row tells of" + (", given back." if found and arguments.give_back else "."))
    return int(bool(found) and not arguments.give_back)


def _erasures(settings: Settings, _: argparse.Namespace) -> None:
    async def read() -> list[Erasure]:
        async with bootstrap.opened(settings) as wired:
            return await wired.list_erasures()()

    for erasure in asyncio.run(read()):
        print(f"{erasure.actor.role} {erasure.actor.known()} {erasure.at.isoformat()}")


def _replay(settings: Settings, arguments: argparse.Namespace) -> None:
    if arguments.file and not arguments.file.is_file():
        raise InvalidInput("file", f"There is no file {arguments.file}.")
    lines = arguments.file.read_text(encoding="utf-8").splitlines() if arguments.file else []
    noted = [_erasure(line) for line in lines if line.strip()]

    async def replay() -> int:
        async with bootstrap.opened(settings) as wired:
            return await wired.replay_erasures()(noted)

    print(f"{asyncio.run(replay())} erased people are erased.")


def _erasure(line: str) -> Erasure:
    try:
        role, id, at = line.split()
        actor = {Role.PATIENT: Actor.patient(PatientId(UUID(id))), Role.DOCTOR: Actor.doctor(DoctorId(UUID(id)))}
        return Erasure(actor[Role(role)], datetime.fromisoformat(at).astimezone(UTC))
    except (ValueError, KeyError):
        raise InvalidInput("file", f"This is no line of `openhours privacy erasures`: {line[:80]!r}.") from None
