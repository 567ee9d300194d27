"""Whoever is turned away unparsed hears what they would hear if their request were parsed, and nothing else is taken for one."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uvicorn import Config
from uvicorn.server import ServerState

from adapters.http.door import Door
from adapters.http.unparsed import unparsed_scope
from contract.http.front import open_front
from contract.http.house import all_taken, get, half_taken

_DOCTORS = b"/api/doctors?specialization=cardiology"
_PLAIN = get("/api/doctors", "Accept: */*")
_CLIENT = ("127.0.0.1", 1)
_EXAMPLES = 200


class _Parsing(Door):
    """Parses whatever comes."""

    def _can_answer(self) -> bool:
        return False


class _Transport:
    """Remembers what was written, and whether it was closed."""

    def __init__(self) -> None:
        self.written, self.closed = b"", False

    def get_extra_info(self, name: str) -> Any:
        return _CLIENT if name in ("peername", "sockname") else None

    def write(self, data: bytes) -> None:
        self.written += data

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


async def _told(app: Any, door: type[Door], pieces: list[bytes]) -> tuple[bytes, bool, int, bool]:
    """What is answered to these, and to two questions behind them; whether the connection is closed, how many answers there were,
    and whether the connection is let go when nothing more is said."""
    state, transport = ServerState(), _Transport()
    held = door(Config(app, log_config=None, access_log=False, proxy_headers=False), state, {})
    held.connection_made(cast("Any", transport))
    for piece in [*pieces, _PLAIN, get("/health/live")]:
        if transport.closed:
            break
        held.data_received(piece)
        while state.tasks:
            await asyncio.gather(*state.tasks)
        await asyncio.sleep(0)
    waits = held.timeout_keep_alive_task is not None
    held._unset_keepalive_if_required()
    if held.cycle is not None:
        held.connection_lost(None)
    while state.tasks:
        await asyncio.gather(*state.tasks)
    ours = re.sub(rb"x-request-id: [0-9a-f]{24}\r", b"x-request-id: ours\r", transport.written)
    return ours, transport.closed, state.total_requests, waits


_METHODS = [b"OPTIONS", b"CONNECT", b"get", b""]
_TARGETS = [
    *(b"//health/live", b"/api/%64octors", b"*", b"http://h/api/doctors", b"/api/doctors#top", b"/api/doctors?a=[1]"),
    *(
        b"/api/d\xc3\xb6ctors",
        b"/api/../health/live",
        b"/a?b?c",
        b"/a//b",
        b"/health/live",
        b"/api/webhooks/payments",
        b"",
    ),
]
_VERSIONS = [b"HTTP/1.0", b"HTTP/2.0", b"http/1.1", b"HTTP/1.1 ", b""]
_USUAL = [
    b"Host: h",
    b"Accept: */*",
    b"X-Request-Id: of-my-own-choice",
    b"Authorization: Bearer x",
    b"Connection: keep-alive",
]
_ODD = [
    *(b"Connection: close", b"connection: Keep-Alive", b"Connection: upgrade\r\nUpgrade: websocket", b"Upgrade: h2c"),
    *(
        b"Transfer-Encoding: chunked",
        b"transfer-encoding : chunked",
        b"Transfer-Encoding:chunked",
        b"Expect: 100-continue",
    ),
    *(b"Content-Length: 0", b"Content-Length: 3", b"Content-Length: +3", b"Content-Length:3", b"content-length: 3 "),
    *(
        b"Content-Length: 3, 3",
        b"Content-Length: 18446744073709551619",
        b" folded: yes",
        b"\tfolded: yes",
        b"no colon",
        b": x",
    ),
    *(
        b"X-Request-Id: ",
        b"X-Request-Id:",
        b"X-Request-Id: with-a-blank ",
        b"X-Request-Id: not sound",
        b"X Y: z",
        b"X-Y: z",
    ),
    *(
        b"Accept: \x00",
        b"Accept: \xe9",
        b"Accept: a\rb",
        b"Accept: a\nContent-Length: 3",
        b"Host: \t",
        b"Authorization: ",
    ),
    *(b"X-Forwarded-For: 10.1.1.1", b"Proxy-Connection: close", b"Accept:", b"Cookie: a=b", b"Content-Length: 003"),
]
_ENDS = [b"\n", b"\r", b"\r\r\n", b""]
_BODIES = [b"abc", b"abcd", b"3\r\nabc\r\n0\r\n\r\n", b"\r\n", _PLAIN, get("/health/live")]


_ODDITIES = [
    *(("method", each) for each in _METHODS),
    *(("target", each) for each in _TARGETS),
    *(("version", each) for each in _VERSIONS),
    *(("line", each) for each in _ODD),
    *((f"end {number}", each) for number in range(3) for each in _ENDS),
    *(("body", each) for each in _BODIES),
]


def _request(method: bytes, lines: Sequence[bytes], *, body: bool, odd: Mapping[str, bytes]) -> bytes:
    """A plain one, but for what is odd of it."""
    asked = (odd.get("method", method), odd.get("target", _DOCTORS), odd.get("version", b"HTTP/1.1"))
    lines = [
        b" ".join(asked),
        *([b"Content-Length: 3"] if body else []),
        *([odd["line"]] if "line" in odd else []),
        *lines,
    ]
    ends = [odd.get(f"end {number}", b"\r\n") for number in range(len(lines) + 1)]
    head = b"".join(line + end for line, end in zip((*lines, b""), ends, strict=True))
    return head + odd.get("body", b"abc" if body else b"")


@st.composite
def _requests(draw: st.DrawFn) -> bytes:
    lines = draw(st.lists(st.sampled_from(_USUAL), max_size=3, unique=True))
    odd = draw(st.lists(st.sampled_from(_ODDITIES), max_size=2)) if draw(st.booleans()) else []
    method = draw(st.sampled_from([b"GET", b"HEAD", b"POST"]))
    return _request(method, lines, body=draw(st.booleans()), odd=dict(odd))


@st.composite
def _pieces(draw: st.DrawFn) -> list[bytes]:
    """One or two requests, cut anywhere or nowhere; now and then a byte of them is another."""
    said = draw(st.lists(_requests(), min_size=1, max_size=2))
    if draw(st.integers(0, 4)) == 0:
        whole = b"".join(said)
        cuts = sorted(draw(st.lists(st.integers(0, len(whole)), max_size=3)))
        said = [whole[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    if draw(st.integers(0, 4)) == 0:
        at, byte = draw(st.integers(0, 200)), draw(st.binary(min_size=1, max_size=1))
        said[0] = said[0][:at] + byte + said[0][at + 1 :]
    return [piece for piece in said if piece]


@pytest.mark.parametrize("whole", [True, False], ids=["a full house", "half of it theirs"])
def test_who_is_turned_away_unparsed_hears_what_a_parser_would_have_them_told(whole: bool) -> None:
    unparsed = 0

    class Counting(Door):
        def _turn_away(self, *args: Any, **kwargs: Any) -> None:
            nonlocal unparsed
            unparsed += self._between  # the parser has seen nothing of it
            super()._turn_away(*args, **kwargs)

    with asyncio.Runner() as runner:
        front = open_front()
        app: Any = runner.run(front.__aenter__()).app
        try:

            def compare(pieces: list[bytes]) -> None:
                told = runner.run(_told(app, Counting, pieces))
                assert told == runner.run(_told(app, _Parsing, pieces))

            with all_taken(app) if whole else half_taken(app):
                for odd, body in product(_ODDITIES, (True, False)):
                    compare([_request(b"POST" if body else b"GET", [], body=body, odd=dict([odd]))])
                settings(max_examples=_EXAMPLES)(given(_pieces())(compare))()
            assert unparsed > _EXAMPLES // 4
        finally:
            runner.run(front.__aexit__(None, None, None))


def test_an_unparsed_request_tells_path_method_and_who_asks() -> None:
    told = ("X-Request-Id: of-my-own-choice", "AUTHORIZATION: Bearer x", "X-Forwarded-For: 10.1.1.1, 10.1.1.2")
    seen = unparsed_scope(get("/api/doctors?page=2", "Accept: */*", *told), _CLIENT)
    assert seen == {
        "method": "GET",
        "path": "/api/doctors",
        "client": _CLIENT,
        "headers": [
            (b"x-request-id", b"of-my-own-choice"),
            (b"authorization", b"Bearer x"),
            (b"x-forwarded-for", b"10.1.1.1, 10.1.1.2"),
        ],
    }
    assert unparsed_scope(get("/api/appointments", "Content-Length: 3", method="POST") + b"abc", _CLIENT)


@pytest.mark.parametrize(
    "asked",
    [
        _PLAIN[:-1],
        _PLAIN + b"x",
        _PLAIN + _PLAIN,
        b"\r\n" + _PLAIN,
        get("/api/doctors", "Transfer-Encoding: chunked", method="POST"),
        get("/api/doctors", "Content-Length: 0", "Content-Length: 0"),
        get("/api/doctors", "Content-Length: 3", "Content-Length: 0", method="POST") + b"abc",
        get("/api/doctors", "Content-Length: 3", method="POST") + b"ab",
        get("/api/doctors", "Accept: a", " b"),
        get("/api/doctors", "Accept: a\n"),
        get("/api/doctors", "Accept: a\nb"),
        get("/api/doctors", "Accept: a\rb"),
        get("/api/doctors", "Accept: \0"),
        get("/api/doctors", "Connection: close"),
        get("/api/doctors", "Connection: Upgrade", "Upgrade: websocket"),
        get("/api/doctors", "Expect: 100-continue"),
        get("/api/doctors", "Nobody-Knows: this"),
        get("/api/%64octors"),
        get("//api/doctors"),
        get("http://other/api/doctors"),
        get("/api/doctors", method="OPTIONS"),
        b"GET /api/doctors HTTP/1.0\r\n\r\n",
        b"GET /api/doctors\r\n\r\n",
        b"",
    ],
)
def test_what_is_odd_is_for_the_parser(asked: bytes) -> None:
    assert unparsed_scope(asked, _CLIENT) is None
