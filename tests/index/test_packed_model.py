"""A model over texts laid end to end gives what transformers gives, one text at a time."""

import gc

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from index.packed_model import BertWeights, PackedModel, in_whole_numbers

TEXTS = [[0, 5, 7, 2], [0, 2], [0, *range(3, 40), 2]]


@pytest.fixture(scope="module")
def model():
    torch.manual_seed(3)
    return BertModel(BertConfig(vocab_size=50, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=48,
                                max_position_embeddings=64), add_pooling_layer=False).eval()


def weights(model):
    tensors = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    return BertWeights(tensors, heads=model.config.num_attention_heads, epsilon=model.config.layer_norm_eps)


def test_each_text_gets_what_it_gets_alone(model):
    packed = PackedModel(weights(model)).last_hidden(TEXTS)
    assert [len(hidden) for hidden in packed] == [len(ids) for ids in TEXTS]
    with torch.inference_mode():
        for ids, hidden in zip(TEXTS, packed, strict=True):
            assert np.allclose(hidden, model(torch.tensor([ids])).last_hidden_state[0].numpy(), atol=1e-5)


def test_what_is_added_goes_to_the_word_vectors_and_what_is_changed_to_the_weights(model):
    added = np.random.default_rng(4).standard_normal((len(TEXTS[0]), 24)).astype(np.float32)
    (one,) = PackedModel(weights(model)).last_hidden(TEXTS[:1], added)
    with torch.inference_mode():
        words = model.get_input_embeddings()(torch.tensor(TEXTS[:1])) + torch.from_numpy(added)
        assert np.allclose(one, model(inputs_embeds=words).last_hidden_state[0].numpy(), atol=1e-5)
    changed = PackedModel(weights(model), lambda name, weight: weight + 1 if name == "1.output.LayerNorm.bias" else weight)
    plain = PackedModel(weights(model))
    assert np.allclose(changed.last_hidden(TEXTS)[0], plain.last_hidden(TEXTS)[0] + 1, atol=1e-5)
    assert float(model.encoder.layer[1].output.LayerNorm.bias.detach().abs().max()) == 0  # the model itself is left as it was


def test_weights_that_were_changed_are_kept_as_long_as_the_model(model):
    kept = PackedModel(weights(model), lambda _, weight: weight * 1)
    before = kept.last_hidden(TEXTS)[2]
    gc.collect()
    other = [np.full((1000, 24), number, np.float32) for number in range(50)]
    assert np.array_equal(kept.last_hidden(TEXTS)[2], before) and len(other) == 50


def test_products_in_bytes_give_nearly_the_same_and_to_each_text_what_it_gets_alone(model):
    plain, in_bytes = (PackedModel(weights(model), in_bytes=one).last_hidden(TEXTS) for one in (False, True))
    for own, other in zip(plain, in_bytes, strict=True):
        assert not np.array_equal(own, other)
        assert (own * other).sum() / np.linalg.norm(own) / np.linalg.norm(other) > 0.999
    (alone,) = PackedModel(weights(model), in_bytes=True).last_hidden(TEXTS[:1])
    assert np.allclose(alone, in_bytes[0], atol=1e-6)  # its bytes do not depend on the texts beside it


def test_a_weight_of_zeros_is_zeros_in_bytes(model):
    def zeros(name, weight):
        return weight * 0 if name == "1.output.dense.weight" else weight

    with np.errstate(all="raise"):
        plain, in_bytes = (PackedModel(weights(model), zeros, in_bytes=one).last_hidden(TEXTS)[2] for one in (False, True))
    assert np.allclose(plain, in_bytes, atol=0.05)


def test_two_products_of_bytes_fit_into_the_16_bits_in_which_some_processors_add_them():
    weight = np.random.default_rng(5).standard_normal((4, 6)).astype(np.float32)
    for_bytes, scale = in_whole_numbers("w", weight).values()
    assert for_bytes.dtype == np.int8 and 2 * 255 * int(np.abs(for_bytes).max()) < 2**15
    assert np.allclose(for_bytes.T * scale[:, None], weight, atol=float(scale.max()) / 2 + 1e-6)
