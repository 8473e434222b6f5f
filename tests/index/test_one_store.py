"""A small `benchmarks.one_store`: two web processes and an ingest on one Chroma server answer as a single process does."""

from benchmarks.one_store import run


def test_two_web_processes_beside_an_ingest_answer_as_one_does_on_the_same_manifest(tmp_path):
    outcome = run(tmp_path, 24, samples=False, documents=6, each=2, portions=2)
    assert (outcome.answers, outcome.unequal, outcome.unknown_manifest) == (24, 0, 0)
    assert outcome.clean and list(outcome.by_process.values()) == [12, 12] and outcome.statuses["answered"] >= 8
    assert outcome.ingests >= 1
