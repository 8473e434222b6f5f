"""The bundled model: unpacked once, whole before it has its name, also when two processes start at once."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index import bundled
from index.bundled import unpacked_model
from index.encoder import SentenceEncoder
from ingest.errors import BronvastError, UsageError

_PROJECT = Path(__file__).resolve().parents[2]


def test_two_processes_that_unpack_at_once_both_get_a_whole_model(tmp_path):
    code = "import sys; from pathlib import Path; from index.bundled import unpacked_model; print(unpacked_model(Path(sys.argv[1])))"
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
    both = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=_PROJECT, env=environment, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    folder, = tmp_path.iterdir()  # and no half of a model beside it
    assert [out.strip() for out, _ in said] == [str(folder)] * 2
    assert SentenceEncoder(str(folder)).queries(["water"]).shape == (1, 384)


@pytest.mark.parametrize("files", [None, {}, {"config.json": "{"}, {"config.json": '{"model_type": "bert"}'},
                                   {"config.json": '{"model_type": "bert"}', "model.safetensors": "xx"},
                                   {"modules.json": '[{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Nope"}]'}])
def test_a_model_that_cannot_be_loaded_is_one_line_that_says_what_to_name(tmp_path, files, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for name, content in (files or {}).items():
        (tmp_path / name).write_text(content)
    model = "nergens/model" if files is None else str(tmp_path)
    with pytest.raises(UsageError, match=f"embedding_model: {model} cannot be loaded: name a folder on this machine") as caught:
        SentenceEncoder(model).read_through()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("texts", [["Welke trends gelden voor vluchtelingen?"], ["", "a\x00b", "kinderen", "uitbuiting in de landbouw " * 200], [],
                                   [f"zin {'en nog ' * (number % 70)}meer" for number in range(150)]])
def test_texts_get_the_vectors_of_sentence_transformers(texts):
    encoder = bundled.bundled_encoder()
    whole = SentenceEncoder(encoder.folder)
    for given, expected in ((encoder.queries(texts), whole.queries(texts)), (encoder.passages(texts), whole.passages(texts))):
        assert given.shape == (len(texts), 384) and np.allclose(given, expected, atol=1e-5)


def test_texts_that_go_through_in_parts_keep_their_places(monkeypatch):
    texts = [f"{'lang ' * (number % 9)}{number}" for number in range(30)]
    expected = bundled.bundled_encoder().passages(texts)
    monkeypatch.setattr(bundled, "_TOGETHER", 7)
    monkeypatch.setattr(bundled, "_BATCH_TOKENS", 20)
    assert np.allclose(bundled.bundled_encoder().passages(texts), expected, atol=1e-5)


def test_nothing_heavy_is_imported_for_a_vector():
    code = ("import sys; from index.bundled import bundled_encoder; encoder = bundled_encoder(); encoder.read_through(); encoder.passages(['water'] * 50)\n"
            "print(encoder.dimensions, [name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])")
    said = subprocess.run([sys.executable, "-c", code], cwd=_PROJECT, capture_output=True, text=True, timeout=120, check=True)
    assert said.stdout.splitlines() == ["384 []"]


def test_a_model_that_is_not_whole_is_one_line(tmp_path):
    (tmp_path / "config.json").write_text('{"hidden_size": 384}', encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"half")
    with pytest.raises(BronvastError, match="damaged .*doctor --mend"):
        _ = bundled.BundledEncoder(str(tmp_path)).weights


def test_weights_that_are_not_the_tested_ones_are_refused(tmp_path, monkeypatch):
    (tmp_path / "packed.bin").write_bytes(b"E5S1 and something else")
    monkeypatch.setattr(bundled, "packed_file", lambda: tmp_path / "packed.bin")
    with pytest.raises(BronvastError, match="not the tested file: reinstall"):
        unpacked_model(tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(BronvastError, match="BRONVAST_CACHE"):
        unpacked_model(tmp_path / "file")
