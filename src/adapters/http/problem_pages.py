"""What a problem's `type` leads to: a sentence on what it means, for machines or for people."""

from html import escape
from typing import Any

from litestar import Request, Response, Router, get
from litestar.enums import MediaType
from litestar.params import FromPath

from adapters.http import problems
from adapters.http.page import page
from adapters.http.problems import ProblemType
from scheduling_core.errors import NotFound


def _described(kind: ProblemType) -> dict[str, object]:
    return {"type": kind.uri, "title": kind.title, "status": kind.status, "meaning": kind.meaning}


def _wants_page(request: Request[Any, Any, Any]) -> bool:
    return request.accept.best_match(["application/json", "text/html"]) == "text/html"


@get("/", include_in_schema=False, sync_to_thread=False)
def all_problems(request: Request[Any, Any, Any]) -> Response[Any]:
    """Every problem type."""
    kinds = sorted(problems.ALL.values(), key=lambda kind: kind.slug)
    if not _wants_page(request):
        return Response([_described(kind) for kind in kinds])
    rows = "".join(
        f'<tr><th><a href="{kind.uri}">{kind.slug}</a><td>{kind.status}<td>{escape(kind.meaning)}' for kind in kinds
    )
    return Response(page("Problems", f"<table>{rows}</table>"), media_type=MediaType.HTML)


@get("/{slug:str}", include_in_schema=False, sync_to_thread=False)
def one_problem(request: Request[Any, Any, Any], slug: FromPath[str]) -> Response[Any]:
    """One problem type. Raise NotFound for no such slug."""
    kind = problems.ALL.get(slug)
    if kind is None:
        raise NotFound
    if not _wants_page(request):
        return Response(_described(kind))
    body = (
        f"<p>{escape(kind.meaning)}</p><p>Answered with status {kind.status}. <a href='/problems'>All problems</a></p>"
    )
    return Response(page(kind.title, body), media_type=MediaType.HTML)


router = Router("/problems", route_handlers=[all_problems, one_problem])
