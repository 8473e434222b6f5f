"""The JSON schemas that a server may hold a model to: ids can only be those that were given."""

from collections.abc import Sequence


def cited_texts(name: str, ids: Sequence[str], *, most: int, most_ids: int) -> dict[str, object]:
    """The schema of texts that each name at most `most_ids` ids, as `response_format` of the chat completions API."""
    item = {"type": "object", "properties": {
        "text": {"type": "string"},
        "ids": {"type": "array", "items": {"type": "string", "enum": list(ids)}, "minItems": 1, "maxItems": min(len(ids), most_ids)}},
        "required": ["text", "ids"], "additionalProperties": False}
    return _format(name, item, most=most)


def plain_texts(name: str, *, most: int) -> dict[str, object]:
    """The schema of texts that name nothing."""
    item = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"], "additionalProperties": False}
    return _format(name, item, most=most)


def ids_alone(ids: Sequence[str], *, most: int) -> dict[str, object]:
    """The schema of a choice among ids."""
    item = {"type": "object", "properties": {"id": {"type": "string", "enum": list(ids)}}, "required": ["id"], "additionalProperties": False}
    return _format("choice", item, most=most)


def _format(name: str, item: dict[str, object], *, most: int) -> dict[str, object]:
    schema = {"type": "object", "properties": {name: {"type": "array", "items": item, "minItems": 1, "maxItems": most}},
              "required": [name], "additionalProperties": False}
    return {"type": "json_schema", "json_schema": {"name": name, "schema": schema, "strict": True}}
