"""What Litestar's OpenAPI document tells less precisely than is true, made exact."""

from collections.abc import Iterator
from inspect import cleandoc
from typing import Any, TypeVar

import msgspec

from adapters.http.examples import EXAMPLES
from adapters.http.views.fields import Answer, Request

Shape = TypeVar("Shape", bound=msgspec.Struct)

_NULL = {"type": "null"}
_METHODS = frozenset({"get", "put", "post", "patch", "delete"})


def exact(document: dict[str, Any]) -> dict[str, Any]:
    """The same document: requests refuse unknown fields, parameters are never null, bounds are whole numbers."""
    schemas = document["components"]["schemas"]
    for shape in (*_shapes(Request), *_shapes(Answer)):
        if schema := schemas.get(shape.__name__):
            schema["description"] = cleandoc(shape.__doc__ or "")
            if issubclass(shape, Request):
                schema["additionalProperties"] = False
    for name, example in EXAMPLES.items():
        schemas[name]["examples"] = [example]
    for path in document["paths"].values():
        for method in _METHODS & path.keys():
            _exact_operation(path[method])
    return _whole(document)  # type: ignore[no-any-return]  # a document stays a document


def _exact_operation(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", []):
        parameter["schema"] = _never_null(parameter["schema"])
    for answer in operation["responses"].values():
        # An answer without a body is no JSON null.
        if any(content["schema"] == _NULL for content in answer.get("content", {}).values()):
            del answer["content"]
    body = operation.get("requestBody", {})
    for content in body.get("content", {}).values():
        # A body that may be null is a body that may be absent.
        if _NULL in content["schema"].get("oneOf", []):
            content["schema"], body["required"] = _never_null(content["schema"]), False


def _shapes(base: type[Shape]) -> Iterator[type[Shape]]:
    for shape in base.__subclasses__():
        yield shape
        yield from _shapes(shape)


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter that is absent is absent: there is no way to write null in an address."""
    kinds = schema.get("oneOf")
    if not kinds or _NULL not in kinds:
        return schema
    rest = [kind for kind in kinds if kind != _NULL]
    siblings = {name: value for name, value in schema.items() if name != "oneOf"}
    return {**rest[0], **siblings} if len(rest) == 1 else {**siblings, "oneOf": rest}


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _whole(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
