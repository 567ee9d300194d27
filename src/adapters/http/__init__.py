"""The product over HTTP: Litestar routes that translate between the outside's JSON and the core's use cases."""

from adapters.http.app import create_app
from adapters.http.documents import openapi_document
from adapters.http.wiring import HttpParts, HttpSettings, ReadyCheck, UseCases

__all__ = ["HttpParts", "HttpSettings", "ReadyCheck", "UseCases", "create_app", "openapi_document"]
