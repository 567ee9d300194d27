"""The templates of deploy/aws as data: short forms such as `!Ref` in their long form."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "deploy" / "aws"
ORDER = ("network", "data", "events", "web", "edge", "observability")
"""In which stacks are made: each takes what those before it put out."""
Template = Mapping[str, Any]


class _Loader(yaml.SafeLoader):
    """YAML with CloudFormation's tags."""


def _long_form(loader: yaml.SafeLoader, tag: str, node: yaml.Node) -> Any:
    value: Any
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if tag == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {tag if tag in ("Ref", "Condition") else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _long_form)


@cache
def template(name: str) -> Template:
    """The one of that stack. Whoever gets it must not change it."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: Template = yaml.load(text, _Loader)  # noqa: S506  # a SafeLoader with tags that make plain data
    return loaded


def resources(of_type: str = "") -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Stack, name and body of every resource of a type, or of all those whose types begin so, where that ends with `::`."""
    for stack in ORDER:
        for name, body in template(stack)["Resources"].items():
            if body["Type"] == of_type or (
                (of_type.endswith("::") or not of_type) and body["Type"].startswith(of_type)
            ):
                yield stack, name, body


def strings(value: Any) -> Iterator[str]:
    """Every text within."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
