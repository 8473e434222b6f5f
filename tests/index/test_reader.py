"""The bundled cross-encoder tells an answer from a sentence with the same words; any other one can be named."""

import numpy as np
import pytest

from index.adapter import QUESTION_TOKENS
from index.cross_encoder import NamedCrossEncoder, ReadText
from index.reader import CONTEXT_TOKENS, TEXT_TOKENS, EvidenceReader, Part, joined_features, reader_for
from tests.index.small import FakeEncoder
from tests.real import real_encoder


@pytest.fixture(scope="module")
def reader():
    return EvidenceReader(real_encoder())


@pytest.mark.parametrize(("question", "answers", "shares_words"), [
    ("Hoeveel bedden heeft de opvang in Emmen?", "In Emmen zijn veertig slaapplaatsen voor slachtoffers.", "De opvang in Emmen krijgt nieuwe bedden."),
    ("How long may a witness stay in the shelter?",
     "Een getuige mag ten hoogste drie maanden in het opvanghuis blijven.", "Een getuige kan in het opvanghuis verblijven."),
    ("Wie betaalt de tolk bij de aangifte?",
     "De kosten van de vertaler bij de politie draagt het Rijk.", "Bij de aangifte is een tolk aanwezig die de taal spreekt."),
])
def test_what_answers_reads_better_than_what_shares_the_words(reader, question, answers, shares_words):
    best, other = reader.scores(question, [ReadText(answers), ReadText(shares_words)])
    assert best > other


def test_a_text_scores_the_same_alone_and_among_others(reader):
    texts = [ReadText("De opvang heeft veertig bedden.", "Opvang"), ReadText("Kort."), ReadText("Een lange zin over wat anders. " * 20, before="Daarvoor.")]
    together = reader.scores("Hoeveel bedden zijn er?", texts)
    alone = np.concatenate([reader.scores("Hoeveel bedden zijn er?", [one]) for one in texts])
    assert together.shape == (3,) and together.dtype == np.float32
    assert np.allclose(together, alone, atol=1e-3)


def test_signals_and_running_text_have_a_reader_each_and_keep_their_places(reader):
    texts = [ReadText("De opvang heeft veertig bedden.", signal=signal) for signal in (False, True, False)]
    first, signal, last = reader.scores("Hoeveel bedden heeft de opvang?", texts)
    assert first == last != signal


def test_nothing_to_read_is_nothing_read(reader):
    assert reader.scores("Wat?", []).shape == (0,)


def test_what_is_too_long_is_cut_and_what_stumbles_is_passed_over(reader):
    ids, parts = reader.tokens("waarom " * 500, ReadText("woord " * 500, "kop " * 100, "ervoor " * 500))
    assert len(ids) == len(parts) <= QUESTION_TOKENS + 1 + TEXT_TOKENS + CONTEXT_TOKENS + 1
    assert np.isfinite(reader.scores("a\x00b\ud800", [ReadText("\x00\udfff")])).all()


def test_the_reader_goes_with_the_bundled_encoder_only():
    assert isinstance(reader_for(real_encoder()), EvidenceReader)
    assert reader_for(FakeEncoder()) is None


def test_the_encoder_is_left_as_it_was(reader):
    encoder = real_encoder()
    before = encoder.queries(["opvang"])
    EvidenceReader(encoder).scores("Wat?", [ReadText("Dat.")])
    assert np.array_equal(encoder.queries(["opvang"]), before)


def test_any_cross_encoder_can_be_named(tmp_path):
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    (tmp_path / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "opvang", "bedden", "wat"]), encoding="utf-8")
    BertTokenizerFast(vocab_file=str(tmp_path / "vocab.txt")).save_pretrained(tmp_path / "tiny")
    BertForSequenceClassification(BertConfig(vocab_size=8, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8,
                                             num_labels=1)).save_pretrained(tmp_path / "tiny")
    named = NamedCrossEncoder(str(tmp_path / "tiny"))
    texts = [ReadText("opvang bedden"), ReadText("wat")]
    expected = CrossEncoder(str(tmp_path / "tiny"), device="cpu").predict([("wat opvang", one.text) for one in texts])
    assert np.allclose(named.scores("wat opvang", texts), expected, atol=1e-5)
    assert named.scores("wat", []).shape == (0,)


def test_a_cross_encoder_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(Exception, match="reranker") as failure:
        NamedCrossEncoder(str(tmp_path / "none")).scores("wat", [ReadText("dat")])
    assert failure.type.__name__ == "UsageError"


def test_what_training_changed_is_kept_as_two_narrow_matrices():
    import torch

    from benchmarks.train_reader import adapter

    random = torch.Generator().manual_seed(1)
    before = {"layer.0.weight": torch.randn(12, 8, generator=random), "layer.0.bias": torch.zeros(12)}
    change = torch.randn(12, 2, generator=random) @ torch.randn(2, 8, generator=random)
    after = {"layer.0.weight": before["layer.0.weight"] + change, "layer.0.bias": torch.ones(12), "seg": torch.ones(3, 8)}
    kept = adapter(after, before, rank=2)
    assert kept["layer.0.weight.b"].shape == (12, 2) and kept["layer.0.weight.a"].shape == (2, 8)
    assert np.allclose(kept["layer.0.weight.b"].astype(float) @ kept["layer.0.weight.a"].astype(float), change.numpy(), atol=0.02)
    assert (kept["layer.0.bias"] == 1).all() and kept["seg"].shape == (3, 8)


def test_in_training_the_head_sees_what_it_sees_of_a_question():
    import torch

    from benchmarks.train_reader import joined_features as of_all
    from benchmarks.train_reader import padded

    pairs = [([5, 6, 7, 8, 9], [Part.QUESTION] * 2 + [Part.TEXT] * 3), ([5, 6, 7], [Part.QUESTION, Part.TEXT, Part.CONTEXT])]
    ids, parts, mask = padded(pairs)
    assert ids.tolist()[1] == [5, 6, 7, 1, 1] and mask.tolist()[1] == [1, 1, 1, 0, 0]
    hidden = torch.randn(2, 5, 4, generator=torch.Generator().manual_seed(1))
    for row, (own, parted) in enumerate(pairs):
        assert np.allclose(of_all(hidden, parts, mask)[row].numpy(), joined_features(hidden[row, :len(own)].numpy(), np.array(parted)), atol=1e-5)


def test_in_training_the_form_of_a_question_does_not_tell_whether_it_is_answered():
    from benchmarks.train_reader import LEAST, MOST, form, weights

    asked = [(f"How many boats were there in {year}?", False) for year in (2031, 2032, 2033)] + [("Hoeveel boten zijn er?", True), ("Who owns the boat?", True),
                                                                                               ("Wie heeft de boot?", False)]
    pairs = [{"question": question, "answers": answers} for question, answers in asked]
    found = weights(pairs)
    assert sum(found[:3]) == pytest.approx(found[3]) and found[4] == found[5] == 1.0
    assert weights([*pairs, {"question": "Hoeveel boten zijn er?", "answers": False}]) == [*found, 1.0]
    many = [*pairs[:3], *({"question": f"Hoeveel vissen zijn er in {year}?", "answers": False} for year in range(20)), pairs[3]]
    assert weights(many)[-1] == MOST and weights(pairs[3:4])[0] == 0.5 > LEAST
    assert [form(q) for q in ("Mag dat?", "Waarom niet?", "B8 termijn")] == ["yes or no", "why", "other"]


def test_a_shift_raises_what_a_reader_that_is_taught_on_says_of_everything(tmp_path, monkeypatch):
    from benchmarks import train_reader
    from index.adapter import read_adapter
    from index.reader import TEXT_ADAPTER

    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text('{"question": "Wie helpt?", "text": "De gemeente helpt.", "answers": true}\n', encoding="utf-8")
    monkeypatch.setattr(train_reader, "FOLDER", tmp_path)
    monkeypatch.setattr("sys.argv", ["train_reader", str(pairs), "--on", "--minutes", "0", "--rank", "1", "--shift", "0.75", "--write"])
    train_reader.main()
    shipped = read_adapter(TEXT_ADAPTER)
    with np.load(tmp_path / TEXT_ADAPTER) as kept:
        assert kept["head.3.bias"] - shipped["head.3.bias"] == pytest.approx(0.75, abs=2e-3)
        assert np.array_equal(kept["head.0.weight"].astype(np.float32), shipped["head.0.weight"])
