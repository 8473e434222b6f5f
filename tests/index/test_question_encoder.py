"""The bundled question encoder, and how it is trained."""

import json

import numpy as np
import pytest

from index.question_encoder import QuestionEncoder, question_encoder_for
from tests.index.small import FakeEncoder
from tests.real import real_encoder


def test_a_question_of_any_length_or_kind_has_a_vector_of_length_one():
    tuned = QuestionEncoder(real_encoder())
    for question in ("opvang", "waarom " * 500, "a\x00b\ud800", "?"):
        vector = tuned.vector(question)
        assert vector.shape == (384,) and vector.dtype == np.float32 and np.isclose(np.linalg.norm(vector), 1, atol=1e-5)


def test_the_encoder_of_the_index_is_left_as_it_was():
    encoder = real_encoder()
    before = encoder.queries(["opvang"])
    tuned = QuestionEncoder(encoder).vector("opvang")
    assert np.array_equal(encoder.queries(["opvang"]), before) and not np.allclose(tuned, before[0], atol=1e-2)


def test_the_question_encoder_goes_with_the_bundled_encoder_only():
    assert isinstance(question_encoder_for(real_encoder()), QuestionEncoder)
    assert question_encoder_for(FakeEncoder()) is None


def test_a_pair_file_becomes_questions_with_the_rows_that_answer_and_that_stand_beside(tmp_path):
    from benchmarks.train_questions import Pairs

    lines = [("Wie vaart?", "De schipper vaart.", True), ("Wie vaart?", "De haven is dicht.", False), ("Is de kok ziek?", "De haven is dicht.", False)]
    written = [json.dumps({"question": question, "text": text, "answers": answers}) for question, text, answers in lines]
    (tmp_path / "pairs.jsonl").write_text("\n".join(written), encoding="utf-8")
    pairs = Pairs.read(tmp_path / "pairs.jsonl")
    assert pairs.answers == [[0]] and pairs.seen == [[0, 1]] and pairs.texts.shape == (2, 384)
    assert pairs.questions[0] == real_encoder().tokenizer.encode("query: Wie vaart?").ids


def test_in_training_another_answer_does_not_count_against_a_question():
    import torch

    from benchmarks.train_questions import answer_loss

    scores = torch.tensor([[5.0, 5.0, -5.0], [-5.0, -5.0, 5.0]])
    assert answer_loss(scores, [[7, 8], [9]], [7, 8, 9]).item() < 0.01
    assert answer_loss(scores, [[7], [9]], [7, 8, 9]).item() == pytest.approx(np.log(2) / 2, abs=0.01)


def test_in_training_questions_keep_their_order_and_only_the_layers_and_projections_learn():
    import torch
    from transformers import BertConfig, BertModel

    from benchmarks.train_questions import Network, projections

    torch.manual_seed(3)
    model = BertModel(BertConfig(vocab_size=30, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16), add_pooling_layer=False)
    network = Network(model, torch.nn.functional.normalize(torch.randn(5, 8), dim=-1)).eval()
    questions = [[5, 6, 7, 8, 2], [9, 2], [5, 6, 2], [11, 12, 13, 2], [4, 2]]
    with torch.no_grad():
        together, alone = network.embed(questions), torch.cat([network.embed([one]) for one in questions])
    assert torch.allclose(together, alone, atol=0.02)  # trained in bfloat16
    assert not any(weight.requires_grad for weight in model.embeddings.parameters()) and all(weight.requires_grad for weight in model.encoder.parameters())
    kept = projections(network)
    assert {name: value.shape for name, value in kept.items()} == {"questions": (8, 8), "questions_shift": (8,), "passages": (8, 8), "passages_shift": (8,)}


def test_training_goes_on_from_what_is_shipped_and_leaves_the_first_layers():
    import torch
    from transformers import BertConfig, BertModel

    from assistant.relevance import Projection, Relevance
    from benchmarks.train_questions import Network, projections
    from benchmarks.train_reader import adapter

    torch.manual_seed(3)
    config = BertConfig(vocab_size=30, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16)
    model = BertModel(config, add_pooling_layer=False)
    bare = {name: value.detach().clone() for name, value in model.encoder.named_parameters()}
    shipped = {name: value + 0.1 for name, value in bare.items()}
    relevance = Relevance(*(Projection(np.full((8, 8), number, np.float32), np.arange(8, dtype=np.float32)) for number in (6.0, 12.0)))
    network = Network(model, torch.randn(5, 8), frozen=1)
    network.begin_with({name: value.astype(np.float32) for name, value in adapter(shipped, bare, 8).items()}, relevance)
    assert all(torch.allclose(value, shipped[name], atol=2e-3) for name, value in network.model.encoder.named_parameters())  # kept in float16
    assert {name: float(np.mean(value)) for name, value in projections(network).items()} == {
        "questions": 6.0, "questions_shift": 3.5, "passages": 12.0, "passages_shift": 3.5}
    assert {name.split(".")[1]: weight.requires_grad for name, weight in model.encoder.named_parameters()} == {"0": False, "1": True}
