"""Who asks, where proxies of ours stand in between: each appends to X-Forwarded-For from whom it has the request."""

from ipaddress import ip_address

from litestar.types import Scope


def caller_behind(scope: Scope, proxies: int) -> tuple[str, int] | None:
    """The address that the outermost of so many proxies saw. What stands before it was written by the caller, who may write
    anything. A request that did not pass all of them is its connection's.
    """
    written = b",".join(value for name, value in scope["headers"] if name == b"x-forwarded-for")
    hops = [each.strip() for each in written.decode("latin-1").split(",") if each.strip()]
    if len(hops) < proxies:
        return scope["client"]
    try:
        return str(ip_address(hops[-proxies])), 0
    except ValueError:
        return scope["client"]
