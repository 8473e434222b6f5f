"""A small `benchmarks.one_store`: two web processes and an ingest on one Chroma server answer as a single process does."""

from benchmarks.one_store import run, table


def test_two_web_processes_beside_an_ingest_answer_as_one_does_on_the_same_manifest(tmp_path):
    outcome = run(tmp_path, 24, samples=False, documents=6, each=2, portions=2)
    assert outcome.clean and [one.equal for one in outcome.processes] == [12, 12]
    assert len(outcome.manifests) >= 2, "the index changes while they are asked"
    assert outcome.changes["added"] >= 2 and outcome.changes["replaced"] >= 1
    assert sum(answer["status"] == "answered" for _, answer in outcome.answers) >= 2  # of four on a document: it depends on what is there when they are asked
    assert "| both |" in table(outcome)
