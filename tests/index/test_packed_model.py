"""A model over texts laid end to end gives what transformers gives, one text at a time; bytes stay close and repeat."""

import pytest
import torch
from transformers import BertConfig, BertModel

from index.packed_model import BertWeights, ByteProduct, FloatProduct, PackedModel, quickest_product

TEXTS = [[0, 5, 7, 2], [0, 2], [0, *range(3, 40), 2]]


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(3)
    return BertModel(BertConfig(vocab_size=50, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=48,
                                max_position_embeddings=64), add_pooling_layer=False).eval()


def weights(model):
    return BertWeights(model.state_dict(), heads=model.config.num_attention_heads, epsilon=model.config.layer_norm_eps)


def test_each_text_gets_what_it_gets_alone(model):
    with torch.inference_mode():
        packed = PackedModel(weights(model)).last_hidden(TEXTS)
        for ids, hidden in zip(TEXTS, packed, strict=True):
            assert torch.allclose(hidden, model(torch.tensor([ids])).last_hidden_state[0], atol=1e-5)


def test_what_is_added_goes_to_the_word_vectors_and_what_is_changed_to_the_weights(model):
    with torch.inference_mode():
        added = torch.randn(sum(map(len, TEXTS)), 24)
        one = PackedModel(weights(model)).last_hidden(TEXTS[:1], added[:4])[0]
        words = model.get_input_embeddings()(torch.tensor(TEXTS[:1])) + added[None, :4]
        assert torch.allclose(one, model(inputs_embeds=words).last_hidden_state[0], atol=1e-5)
        changed = PackedModel(weights(model), lambda name, weight: weight + 1 if name == "1.output.LayerNorm.bias" else weight)
        assert not torch.allclose(changed.last_hidden(TEXTS)[0], PackedModel(weights(model)).last_hidden(TEXTS)[0])
        assert float(model.encoder.layer[1].output.LayerNorm.bias.detach().abs().max()) == 0  # the model itself is left as it was


def test_bytes_are_close_to_floats_and_the_same_with_any_number_of_threads():
    generator = torch.Generator().manual_seed(1)
    weight, bias, tokens = (torch.randn(*shape, generator=generator) for shape in ((96, 64), (96,), (30, 64)))
    tokens[3] = 0
    exact, rounded = FloatProduct(weight, bias)(tokens), ByteProduct(weight, bias)(tokens)
    assert float((exact - rounded).abs().max()) < 0.03 * float(exact.abs().max())
    assert torch.equal(rounded[3], bias)
    threads = torch.get_num_threads()
    try:
        found = [torch.set_num_threads(count) or ByteProduct(weight, bias)(tokens) for count in (1, 2)]
    finally:
        torch.set_num_threads(threads)
    assert torch.equal(*found)


@pytest.mark.parametrize(("capabilities", "exact", "product"), [
    ({"avx512_vnni": True}, True, ByteProduct), ({"avx512_vnni": True}, False, FloatProduct), ({"avx2": True}, True, FloatProduct), ({}, True, FloatProduct)])
def test_bytes_are_used_where_the_processor_multiplies_them_exactly(monkeypatch, capabilities, exact, product):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities, raising=False)
    real = torch._int_mm
    monkeypatch.setattr(torch, "_int_mm", lambda one, other: real(one, other) - int(not exact))
    assert quickest_product.__wrapped__() is product
