"""Computations as ONNX graphs, written as text and run by ONNX Runtime, which is imported in a tenth of the time of torch."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import TensorProto
    from onnxruntime import InferenceSession

Weight = NDArray[np.float32 | np.int8]


def graph_session(text: str, weights: Mapping[str, Weight] | None = None) -> "InferenceSession":
    """Return a graph (in the text syntax of onnx.parser) made ready to run, with the weights that it names, given beside it."""
    import onnxruntime
    from onnx.parser import parse_model

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors; it warns of a list of processors that it cannot read
    options.intra_op_num_threads = _threads()
    # they wait asleep, else they hold up those of the next graph and of other processes
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = parse_model(text)
    if weights:
        given = {name: np.ascontiguousarray(weight) for name, weight in weights.items()}
        model.graph.initializer.extend(_without_values(name, weight) for name, weight in given.items())
        values = [onnxruntime.OrtValue.ortvalue_from_numpy(weight) for weight in given.values()]
        options.add_external_initializers(list(given), values)
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def _threads() -> int:
    """Return the number of threads that OMP_NUM_THREADS names, as torch and numpy read it, or 0: one for each core."""
    named = os.environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    return int(named) if named.isdecimal() else 0


def _without_values(name: str, weight: Weight) -> "TensorProto":
    """Return a weight's name, type and shape; its values are given beside the graph."""
    from onnx import StringStringEntryProto, TensorProto
    from onnx.helper import np_dtype_to_tensor_dtype

    place = [StringStringEntryProto(key="location", value=name), StringStringEntryProto(key="length", value=str(weight.nbytes))]
    return TensorProto(name=name, data_type=np_dtype_to_tensor_dtype(weight.dtype), dims=weight.shape, data_location=TensorProto.EXTERNAL, external_data=place)
