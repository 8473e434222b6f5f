"""What is opened for a command: the client of a language model is there before the first answer, or it is said that it is not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.settings import AssistantSettings
from ingest.errors import UsageError
from ui.opening import open_assistant, open_writer, warm_assistant
from ui.settings import Settings

PROJECT = Path(__file__).resolve().parents[2]


def test_the_client_of_a_model_is_loaded_before_the_first_answer():
    code = ("import sys; from ui.opening import open_writer; from ui.settings import Settings; before = 'openai' in sys.modules; "
            "open_writer(Settings(llm_endpoint='http://127.0.0.1:9/v1', llm_model='m')); print(before, 'openai' in sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(PROJECT)}, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]


def test_without_its_client_a_model_is_one_line_that_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "llama_index.llms.openai_like", None)
    with pytest.raises(UsageError, match=r"install bronvast\[llm\]"):
        open_writer(Settings(llm_endpoint="http://127.0.0.1:9/v1", llm_model="m"))


def test_after_the_first_question_of_the_server_nobody_waits_for_a_model(tmp_path):
    from index.bundled import bundled_encoder
    from index.reader import reader_for
    from index.update import update

    encoder = bundled_encoder()
    (tmp_path / "haven.md").write_text("# Haven\n\nDe havenmeester opent de sluis.\n", encoding="utf-8")
    update(tmp_path / "index", [tmp_path / "haven.md"], encoder=encoder)
    reader = reader_for(encoder)
    assert reader is not None and not reader._networks
    warm_assistant(Settings(index=tmp_path / "index"), encoder)
    assert len(reader._networks) == 2


def test_the_terms_that_the_settings_name_are_those_of_the_answers(tmp_path):
    from index.bundled import bundled_encoder
    from index.update import update

    encoder, terms = bundled_encoder(), tmp_path / "own.ttl"
    (tmp_path / "haven.md").write_text("# Haven\n\n## Signalen\n\n- Meer zandloper in de haven van Rietbeek.\n", encoding="utf-8")
    terms.write_text(':mist a skos:Concept ;\n    skos:prefLabel "kwik"@nl ;\n    skos:altLabel "zandloper"@nl .\n', encoding="utf-8")
    update(tmp_path / "index", [tmp_path / "haven.md"], encoder=encoder)
    shipped, own = (open_assistant(Settings(index=tmp_path / "index", answering=AssistantSettings(terms=path)), encoder).ask("Welke signalen gaan over kwik?")
                    for path in ("", str(terms)))
    assert own.understood.added == (("kwik", ("zandloper",)),) and not shipped.understood.added
    assert own.settings_hash != shipped.settings_hash


def test_without_a_model_nothing_is_opened():
    assert open_writer(Settings()) is None
