"""Bodies of requests, read or passed on up to a size."""

from starlette.types import Message, Receive


class BodyTooLargeError(Exception):
    """The body is larger than this request may send."""


async def read_body(receive: Receive, *, largest: int) -> bytes:
    """The whole body.

    :raises BodyTooLargeError: as soon as it is longer than `largest` bytes.
    """
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > largest:
            raise BodyTooLargeError
        if not message.get("more_body"):
            return bytes(body)


def replay(body: bytes, receive: Receive) -> Receive:
    """Give the body that was read once more, then what comes after it."""
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def limited(receive: Receive, largest: int) -> Receive:
    """Pass the body on, up to `largest` bytes; more raises BodyTooLargeError where it is read."""
    count = 0

    async def counted() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > largest:
            raise BodyTooLargeError
        return message

    return counted
