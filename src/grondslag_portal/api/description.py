"""The OpenAPI document: what every answer has in common is written here once.

Source:
    OpenAPI 3.0.3. NL GOV API Design Rules: version header on every answer, problems as RFC 9457,
    contact in the document.
"""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from grondslag_portal.api.door import VERSION
from grondslag_portal.api.problems import MEDIA_TYPE

_ALWAYS = (400, 401, 403, 404, 405, 406, 500, 503)
_WRITING = (409, 412, 413, 415, 428)
_METHODS = ("get", "put", "post", "patch", "delete")
_TAGS = {
    "projects": "What is asked, where it stands, and what the rules say.",
    "documents": "The documents of a project, byte for byte.",
    "deliveries": "Deliveries with their proof, the analysis, the report, and how far work is.",
    "datasets": "What can be asked for, with its contract.",
    "exchange": "Questions, tips and agreements; what words mean; differences.",
    "decisions": "What was decided, and whether it worked.",
    "people": "Who has which role, and which has nobody.",
    "public": "What everybody may read of projects.",
    "tasks": "What waits for whom.",
    "rules": "What the law asks, rule by rule.",
    "audit": "The audit chain.",
    "description": "The API itself.",
}
_TITLES = {
    400: "What was asked is wrong; each field is named.", 401: "No token that opens this.",
    403: "The token, or the role of the client, is not for this.", 404: "Not there for you.",
    405: "This address has no such method.", 406: "Not in the form that was asked for.",
    409: "Not in the state in which this is.", 412: "It was changed meanwhile.",
    413: "Larger than is taken.", 415: "Not a form that is read here.",
    428: "If-Match is missing.", 500: "Our fault.", 503: "Try again in a moment.",
}  # fmt: skip


class TokenDescribed(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # the library ships no types for it
    """How a client comes in."""

    target_class = "grondslag_portal.api.door.FromTheDoor"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A token in the header Authorization."""
        del auto_schema
        return {"type": "http", "scheme": "bearer"}


def with_what_all_have(result: dict[str, Any], **_facts: Any) -> dict[str, Any]:
    """Problems and headers, at every operation."""
    components = result["components"]
    components["headers"] = {
        "ApiVersion": {
            "description": "The whole version of the API.",
            "schema": {"type": "string", "example": VERSION},
        },
        "AnyOrigin": {"description": "Readable anywhere.", "schema": {"type": "string"}},
    }
    components["schemas"]["Problem"] = _problem()
    components["responses"] = {
        f"Problem{status}": {
            "description": said,
            "headers": {"API-Version": {"$ref": "#/components/headers/ApiVersion"}},
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, said in _TITLES.items()
    }
    result["tags"] = [{"name": name, "description": said} for name, said in _TAGS.items()]
    for path, item in result["paths"].items():
        for method in set(item) & set(_METHODS):
            _complete(item[method], method, is_itself=path == "/openapi.json")
    return result


def _complete(operation: dict[str, Any], method: str, *, is_itself: bool) -> None:
    operation["summary"] = operation.get("description", "").split("\n")[0]
    for response in operation["responses"].values():
        response["headers"] = {"API-Version": {"$ref": "#/components/headers/ApiVersion"}}
        if not response.get("description"):
            response["description"] = "As asked."
        if is_itself:
            origin = {"$ref": "#/components/headers/AnyOrigin"}
            response["headers"]["access-control-allow-origin"] = origin
    statuses = _ALWAYS if method == "get" else _ALWAYS + _WRITING
    for status in statuses:
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/Problem{status}"}


def _problem() -> dict[str, Any]:
    text = {"type": "string"}
    fault = {
        "type": "object",
        "description": "A field that is wrong.",
        "required": ["in", "location", "code", "detail"],
        "properties": {
            "in": {"type": "string", "enum": ["query", "body", "header"]},
            "location": {
                "type": "object",
                "properties": {"name": text, "line": {"type": "integer"}},
            },
            "code": text,
            "detail": text,
        },
    }
    return {
        "type": "object",
        "description": "What is wrong (RFC 9457).",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "code": {"type": "string", "description": "Stable: for programs."},
            "errors": {"type": "array", "items": fault},
        },
    }
