"""What Bronvast costs at a size: ingest rate, disk, memory, warm answers, beside llama-index's default retriever.

    python -m benchmarks.scale_vectors PASSAGES.jsonl.gz --passages 5000      # once: the vectors
    python -m benchmarks.scale PASSAGES.jsonl.gz QUESTIONS.jsonl... --passages 5000 --profile

Vectors come from the file that `scale_vectors` filled, so that the rate of ingest is that of everything but the model. Texts
without a vector get a jittered one: good for speed, useless for the quality of answers; the report counts them.
"""

import argparse
import cProfile
import json
import os
import pstats
import resource
import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import AssistantSettings
from benchmarks.scale_vectors import KeptVectors, write_sources
from index.bundled import bundled_encoder
from index.cross_encoder import CrossEncoder
from index.encoder import Encoder
from index.reader import reader_for
from index.source_index import SourceIndex
from index.store import VectorStore
from index.update import update

Report = dict[str, object]


def ingest(source: Path, passages: int, work: Path, encoder: KeptVectors) -> Report:
    """Ingest the sources into a new index and return rates, disk and memory."""
    files, index = work / f"sources-{passages}", work / f"index-{passages}"
    write_sources(source, passages, files)
    shutil.rmtree(index, ignore_errors=True)
    report = update(index, [files], encoder=encoder)
    return {"documents": report.documents, "passages": report.passages, "vectors": report.embedded,
            "failed": len(report.failed), "vectors_made_up": encoder.made_up, "ingest_s": report.seconds,
            "passages_per_s": round(report.passages / report.seconds, 1), "passages_per_cpu_s": round(report.passages / _cpu_s(), 1), "peak_mb": _peak_mb(),
            "disk_mb": {part: _size_mb(index / part) for part in ("documents", "chroma", "manifest.json")}}


def answers(index: Path, questions: Sequence[str], encoder: Encoder, reader: CrossEncoder | None, *, rounds: int,
            profile: bool) -> Report:
    """Open the index, ask every question some rounds, with reading and without, and return the times and the memory.

    `new` are the times of the first round, when each question is asked for the first time.
    """
    started = time.perf_counter()
    opened_index = SourceIndex.open(index, encoder=encoder)
    assistant = Assistant(opened_index, encoder, AssistantSettings(most_read=0))
    reading = Assistant(opened_index, encoder, AssistantSettings(), reader=reader)
    opened = time.perf_counter()
    scope = assistant.ask(questions[0]).scope
    warm = time.perf_counter()
    scope_read = reading.ask(questions[0]).scope  # loads the reader
    new = _times([partial(reading.ask, question) for question in questions[1:]])
    for question in questions:  # a second pass over the words that the stemmer keeps
        assistant.ask(question)
    profiler = cProfile.Profile()
    plain = _times([partial(assistant.ask, question) for question in questions] * rounds)
    read = _times([partial(reading.ask, question) for question in questions] * rounds)
    assert scope_read.scored == scope.scored == scope.passages, "complete: every passage is scored"
    if profile:
        profiler.runcall(lambda: [assistant.ask(question) for question in questions])
        pstats.Stats(profiler).sort_stats("tottime").print_stats(25)
    return {"scored": scope.scored, "passages": scope.passages, "open_s": round(opened - started, 2),
            "first_answer_s": round(warm - opened, 2), **_quantiles("new", new), **_quantiles("read", read), **_quantiles("plain", plain),
            "memory_mb": _memory_mb(), "peak_mb": _peak_mb(), "words_mb": _size_mb(index / "words.npz")}


def default_retriever(index: Path, questions: Sequence[str], encoder: Encoder, *, rounds: int) -> Report:
    """The same questions to llama-index's default retriever (top 10) on the same vectors in the same Chroma."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding

    class Embedding(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(value) for value in encoder.queries([query])[0]]

        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(value) for value in encoder.passages([text])[0]]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    store = VectorStore(index / "chroma")
    retriever = VectorStoreIndex.from_vector_store(store.vector_store, embed_model=Embedding()).as_retriever(similarity_top_k=10)
    for question in questions:
        retriever.retrieve(question)
    return _quantiles("llama_index", _times([partial(retriever.retrieve, question) for question in questions] * rounds))


def _times(calls: Sequence[Callable[[], object]]) -> list[tuple[float, float]]:
    """Milliseconds of each call: of the clock, and of processor time."""
    found = []
    for call in calls:
        started, worked = time.perf_counter(), time.process_time()
        call()
        found.append((1000 * (time.perf_counter() - started), 1000 * (time.process_time() - worked)))
    return found


def _quantiles(name: str, times: Sequence[tuple[float, float]]) -> Report:
    report: Report = {f"{name}_n": len(times)}
    for kind, values in (("", [one for one, _ in times]), ("_cpu", [one for _, one in times])):
        cuts = statistics.quantiles(values, n=20)
        report |= {f"{name}{kind}_p50_ms": round(cuts[9], 1), f"{name}{kind}_p95_ms": round(cuts[18], 1)}
    return report


def _size_mb(path: Path) -> float:
    files = [path] if path.is_file() else [one for one in path.rglob("*") if one.is_file()]
    return round(sum(one.stat().st_size for one in files) / 1e6, 1)


def _memory_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6, 1)


def _cpu_s() -> float:
    """Processor time of this process and of the readers that it started, in seconds."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("source", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--passages", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, default=Path("/tmp/bronvast-scale"))
    parser.add_argument("--only", choices=("ingest", "ask", "llama"), help="one part, on the index that is there")
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    questions = [json.loads(line)["question"] for file in given.questions for line in file.read_text("utf-8").splitlines() if line.strip()]
    model = bundled_encoder()
    encoder = KeptVectors(given.work / "vectors.sqlite3", model)
    index = given.work / f"index-{given.passages}"
    if given.only in (None, "ingest"):
        print(json.dumps(ingest(given.source, given.passages, given.work, encoder)), flush=True)
    if given.only in (None, "ask"):
        print(json.dumps(answers(index, questions, model, reader_for(model), rounds=given.rounds, profile=given.profile)), flush=True)
    if given.only in (None, "llama"):
        print(json.dumps(default_retriever(index, questions, encoder, rounds=given.rounds)), flush=True)


if __name__ == "__main__":
    main()
