"""The entry calls in the OpenAPI document, from their pydantic models.

drf-spectacular describes DRF views only; this postprocessing hook adds the plain functions.
"""

from typing import Any

from pydantic import BaseModel

from quiz.interfaces.api.entry_calls import CALLS, EntryCall
from quiz.interfaces.api.entry_models import RefusalAnswer

Schema = dict[str, Any]
_REF = "#/components/schemas/{model}"


def _plain_30(schema: Any) -> Any:
    """JSON Schema as OpenAPI 3.0 writes it: `nullable` instead of a null type."""
    if isinstance(schema, list):
        return [_plain_30(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    parts = {name: _plain_30(part) for name, part in schema.items() if name != "$defs"}
    options = [option for option in parts.get("anyOf", []) if option != {"type": "null"}]
    if len(options) != len(parts.get("anyOf", [])):
        del parts["anyOf"]
        parts = {**(options[0] if len(options) == 1 else {"anyOf": options}), **parts}
        parts["nullable"] = True
        parts = {
            name: part for name, part in parts.items() if name != "default" or part is not None
        }
    return parts


def _add_model(schemas: Schema, model: type[BaseModel], mode: str) -> Schema:
    """Put a model and what it holds among the components; returns the reference to it."""
    found = model.model_json_schema(ref_template=_REF, mode=mode)
    for name, part in found.get("$defs", {}).items():
        schemas[name] = _plain_30(part)
    schemas[model.__name__] = _plain_30(found)
    return {"$ref": _REF.format(model=model.__name__)}


def _json(reference: Schema) -> Schema:
    return {"content": {"application/json": {"schema": reference}}}


def _operation(call: EntryCall, schemas: Schema) -> Schema:
    name, kind = call.parameter
    parameters = []
    if name:
        shape: Schema = {"type": kind, **({"minimum": 0} if kind == "integer" else {})}
        parameters.append({"in": "path", "name": name, "required": True, "schema": shape})
    if call.header:
        header = {"in": "header", "name": call.header, "required": True}
        parameters.append({**header, "schema": {"type": "string"}})
    text = {"type": "string"}
    parameters += [{"in": "header", "name": name, "schema": text} for name in call.optional]
    refusal = _json(_add_model(schemas, RefusalAnswer, "serialization"))
    answer = _json(_add_model(schemas, call.answer, "serialization"))
    operation: Schema = {
        "operationId": call.operation,
        "summary": call.summary,
        "tags": ["entry"],
        "security": [{}],
        "parameters": parameters,
        "responses": {
            "200": {**answer, "description": "Done."},
            "404": {**refusal, "description": "No such contest, round or attempt for this token."},
            "409": {**refusal, "description": "Not now: too early, too late, ended, conflict."},
            "422": {
                **refusal,
                "description": "The body is not right; `details.fields` says where.",
            },
            "503": {**refusal, "description": "Busy: again after `Retry-After` seconds."},
        },
    }
    if call.optional:
        pressed = "Too many from one network: solve `details.challenge` (ALTCHA) or wait."
        operation["responses"]["429"] = {**refusal, "description": pressed}
    if call.body is not None:
        body = _json(_add_model(schemas, call.body, "validation"))
        operation["requestBody"] = {**body, "required": True}
    return operation


def add_entry_paths(result: Schema, generator: Any, request: Any, public: bool) -> Schema:
    """drf-spectacular's postprocessing hook."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    for call in CALLS:
        result["paths"][call.path] = {"post": _operation(call, schemas)}
    result["paths"] = dict(sorted(result["paths"].items()))
    return result
