"""The page that describes the interface for programs, made from its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter of a call, or a field of its answer."""

    name: str
    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class Call:
    """One address: what it is for, what it takes, what it answers."""

    name: str
    path: str
    summary: str
    said: str
    parameters: tuple[Value, ...]
    fields: tuple[Value, ...]


@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """Every call of the interface, in the reader's language."""
    from search.api.endpoints import api  # its library is loaded for those who ask

    document = api.get_openapi_schema()
    example = request.build_absolute_uri(reverse("api:search"))
    context = {
        "calls": tuple(calls(document)),
        "about": gettext(document["info"]["description"]),
        "example": example,
    }
    return render(request, "api.html", context)


def calls(document: Document) -> Iterator[Call]:
    """The calls of a document in its order; descriptions in the reader's language."""
    for path, ways in document["paths"].items():
        call = ways["get"]
        answer = call["responses"][200]["content"]["application/json"]["schema"]
        yield Call(
            name=call["operationId"],
            path=path,
            summary=gettext(call["summary"]),
            said=gettext(call["description"]),
            parameters=tuple(_value(one["name"], one["schema"]) for one in call.get("parameters", ())),
            fields=tuple(_fields(document, answer)),
        )


def _fields(document: Document, schema: Mapping[str, Any], before: str = "") -> Iterator[Value]:
    """The fields of an answer; those within others as `results[].uid`."""
    for name, field in _properties(document, schema).items():
        yield _value(f"{before}{name}", field)
        inner = _inner(field)
        if inner is not None:
            many = "[]" if field.get("type") == "array" else ""
            yield from _fields(document, inner, f"{before}{name}{many}.")


def _properties(document: Document, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    named = schema.get("$ref", "").rpartition("/")[2]
    found: Mapping[str, Any] = document["components"]["schemas"].get(named, {}).get("properties", {})
    return found


def _inner(field: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What stands within a field: an object or a list of them."""
    within: Mapping[str, Any] = field.get("items", field)
    return within if "$ref" in within else None


def _value(name: str, schema: Mapping[str, Any]) -> Value:
    said = schema.get("description", "")
    return Value(name, _kind(schema), gettext(said) if said else "")


def _kind(schema: Mapping[str, Any]) -> str:
    """The type of JSON, as `string`, `string | null`, `array of object`."""
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return "object"
    if schema.get("type") == "array":
        return f"array of {_kind(schema['items'])}"
    return str(schema.get("type", "string"))
