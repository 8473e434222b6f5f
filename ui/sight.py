"""Which documents a user may see: the one question that every list, picture, page and export asks first."""

from assistant.answers import Answer
from ingest.documents import Document
from ui.accounts import Account
from ui.desk import Desk, narrowed


def seen(desk: Desk, account: Account) -> dict[str, Document]:
    """Return the documents that this user may see, by name."""
    index = getattr(desk.assistant(), "index", None)
    return {} if index is None else {document.doc: document for document in index.view(narrowed(account, None)).documents}


def still_seen(answer: Answer, documents: dict[str, Document]) -> bool:
    """Say whether every place that an answer quotes lies in a document that the user may see, and that is still the same."""
    quoted = [place for one in (*answer.evidence, *answer.near) for place in (one.place, *one.also)]
    return all(place.doc in documents and documents[place.doc].sha256 == place.doc_sha256 for place in quoted)
