"""The JSON Schema of one line of a question set, for editors and other tools. What it cannot say, `eval.question_fields` checks."""

from eval.questions import LANGUAGES


def question_schema() -> dict[str, object]:
    """Return the schema (draft 2020-12)."""
    text, offset = {"type": "string", "pattern": r"\S"}, {"type": ["integer", "null"], "minimum": 0}
    anchor = {"type": "object", "required": ["quote"], "dependentRequired": {"start": ["end"], "end": ["start"]}, "properties": {
        "quote": {**text, "description": "the words, as the source has them"},
        "doc": {"type": ["string", "null"], "description": "name of the document, with or without its ending"},
        "start": {**offset, "description": "where the words stood when the set was made, in characters of the document's text"},
        "end": {**offset, "description": "half-open"}}}
    quotation = {"anyOf": [anchor, {**text, "description": "id of a signal, with --signals"}]}
    alternatives = {"anyOf": [quotation, {"type": "array", "minItems": 1, "items": quotation}]}
    listed = {"type": ["array", "null"], "items": alternatives}
    language = {"type": "string", "pattern": f"^({'|'.join(LANGUAGES)})(-.*)?$"}
    pair = {"type": "array", "prefixItems": [{"type": "string", "minLength": 1}] * 2, "items": False, "minItems": 2}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A question of a Bronvast question set", "type": "object",
            "required": ["id", "question"], "properties": {
                "id": {"anyOf": [text, {"type": "integer"}]}, "question": text, "language": language, "lang": language, "kind": text,
                "history": {"type": ["array", "null"], "items": {"type": "string"}, "description": "earlier questions, the first first"},
                "answerable": {"type": "boolean", "default": True},
                "must": {**listed, "description": "required quotations: of each inner list one suffices"},
                "gold": {**listed, "description": "required quotations, each by itself; instead of must"},
                "may": {**listed, "description": "quotations that count neither for nor against"},
                "filters": {"anyOf": [{"type": "null"}, {"type": "array", "items": pair},
                                      {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}}]},
                "pair": {"type": "string", "description": "questions with the same pair ask the same in another language"},
                "note": {"description": "a remark for people"}}}
