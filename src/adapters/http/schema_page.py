"""The OpenAPI document as a page for people: every operation with its parameters, its body and its answers."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from adapters.http.page import page

_METHODS = ("get", "put", "post", "patch", "delete")


def schema_page(document: Mapping[str, Any]) -> str:
    """All of `document`, operation by operation, then schema by schema."""
    intro = (
        f"<p>{escape(document['info'].get('description', ''))}</p>"
        '<p>For machines: <a href="/schema/openapi.json">openapi.json</a>. '
        'What refusals mean: <a href="/problems">problems</a>.</p>'
    )
    operations = "".join(_operations(document["paths"]))
    schemas = "".join(_schema(name, schema) for name, schema in sorted(document["components"]["schemas"].items()))
    return page(document["info"]["title"], f"{intro}<h2>Operations</h2>{operations}<h2>Schemas</h2>{schemas}")


def _operations(paths: Mapping[str, Any]) -> Iterator[str]:
    for path in sorted(paths):
        for method in _METHODS:
            if operation := paths[path].get(method):
                yield _operation(path, method, operation)


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> str:
    parts = [f"<h3><code>{method.upper()} {escape(path)}</code></h3><p>{escape(operation['summary'])}"]
    if described := operation.get("description"):
        parts.append(f". {escape(described)}")
    parts.append("</p><table>")
    parts += [
        f"<tr><th><code>{escape(each['name'])}</code> ({each['in']})<td>{_kind(each.get('schema', {}))}"
        f"{'' if each.get('required') else ', optional'}"
        for each in operation.get("parameters", [])
    ]
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        parts.append(f"<tr><th>body<td>{_kind(content.get('schema', {}))} as {escape(media)}")
    for status, answer in sorted(operation.get("responses", {}).items()):
        kinds = ", ".join(_kind(content.get("schema", {})) for content in answer.get("content", {}).values())
        parts.append(f"<tr><th>{escape(status)}<td>{kinds} {escape(answer.get('description', ''))}")
    return "".join([*parts, "</table>"])


def _schema(name: str, schema: Mapping[str, Any]) -> str:
    required = schema.get("required", [])
    rows = "".join(
        f"<tr><th><code>{escape(field)}</code><td>{_kind(kind)}{'' if field in required else ', optional'}"
        f"<td>{escape(kind.get('description', ''))}"
        for field, kind in schema.get("properties", {}).items()
    )
    members = ", ".join(f"<code>{escape(str(each))}</code>" for each in schema.get("enum", []))
    described = escape(schema.get("description", ""))
    return f'<h3 id="{escape(name)}">{escape(name)}</h3><p>{described} {members}</p><table>{rows}</table>'


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a few words, a link where it has a name."""
    if reference := schema.get("$ref"):
        name = escape(reference.rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    for union in ("oneOf", "anyOf"):
        if union in schema:
            return " or ".join(_kind(each) for each in schema[union])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    kind = schema.get("type", "anything")
    words = " or ".join(kind) if isinstance(kind, list) else str(kind)
    return escape(f"{words} ({schema['format']})" if "format" in schema else words)
