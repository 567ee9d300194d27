"""Webhooks that others sign as Stripe does, and what the servers of others lack."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from adapters.payments.signatures import sign
from contract.payments.bench import SECRETS
from contract.payments.bench_stripe import stripe_at
from contract.payments.benches import BENCHES, Entry
from contract.payments.receiver import receiving
from scheduling_core.errors import InvalidInput
from scheduling_core.ports.payments import PaymentHint
from servers.peers import PEERS, PeerServer
from support.clock import ManualClock


def test_what_a_peer_lacks_is_judged_by_another_server(entry: Entry) -> None:
    others = [each.peer for each in BENCHES if each.adapter == entry.adapter and each is not entry]
    for lacking in entry.peer.lacks:
        assert any(lacking not in other.lacks for other in others), lacking


async def test_emulates_signatures_are_believed_over_its_very_bytes(
    tmp_path: Path, met: Callable[[str, str, str], None]
) -> None:
    """Its events lack an id and a mode, for which they are refused once they are believed; with both they say what happened."""
    met("payments", "stripe webhooks", "emulate")
    async with receiving() as receiver:
        seed = tmp_path / "seed.json"
        webhook = {"url": receiver.url, "events": ["*"], "secret": SECRETS[1]}
        seed.write_text(json.dumps({"stripe": {"webhooks": [webhook]}}))
        emulate = PEERS["emulate"]
        server = PeerServer(
            replace(emulate, command=lambda *where: [*emulate.command(*where), "--seed", str(seed)]), tmp_path
        )
        server.start()
        try:
            async with httpx.AsyncClient(base_url=server.url(), trust_env=False, timeout=30) as payer:
                opened = (await payer.post("/v1/checkout/sessions", data={"mode": "payment"})).json()
                await payer.post(f"/checkout/{opened['id']}/complete")
        finally:
            server.stop()
        delivery = await receiver.next()
    clock = ManualClock()
    seconds = str(delivery.signature).partition(",")[0].removeprefix("t=")
    clock.set(clock.now().fromtimestamp(int(seconds), tz=clock.now().tzinfo))
    async with stripe_at("http://127.0.0.1:1", clock) as payments:
        for body, field in ((delivery.body, "body"), (delivery.body + b" ", "signature")):
            with pytest.raises(InvalidInput) as refusal:
                await payments.read_webhook(body, delivery.signature)
            assert refusal.value.field == field
        whole = json.dumps({**delivery.event, "id": "evt_1", "livemode": False}).encode()
        hint = await payments.read_webhook(whole, sign(whole, [SECRETS[0]], at=clock.now()))
    assert hint == PaymentHint(event_id="evt_1", ref=opened["id"])
