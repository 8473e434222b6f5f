"""The products of many vectors with a few: what every question is held against."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.graphs import graph_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

F32 = NDArray[np.float32]

_PRODUCTS = """<ir_version: 10, opset_import: ["" : 20]>
products (float[N, D] few, float[M, D] many) => (float[N, M] found) {
  turned = Transpose (few)
  each = MatMul (many, turned)
  found = Transpose (each)
}"""


def dots(few: F32, many: F32) -> F32:
    """Return the dot product of each of a few vectors (n x dimensions) with each of many (m x dimensions): float32, n x m.

    All few at once pass the memory of the many once. Not by numpy, whose threads wait for more work at full speed and so hold up those of the
    model on two cores; for three to five vectors of 40,000 it takes half as long again to twice as long besides.
    """
    given = {"few": np.require(few, np.float32, ["C"]), "many": np.require(many, np.float32, ["C"])}
    return np.asarray(_session().run(["found"], given)[0], dtype=np.float32)


@cache
def _session() -> "InferenceSession":
    return graph_session(_PRODUCTS)
