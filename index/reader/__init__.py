"""The reader: finds the answer to a question in a passage, or sees that it is not there."""

from pathlib import Path

SHIPPED = Path(__file__).with_name("weights.safetensors")
"""The weights that come with the program; `python -m index.reader.training` writes them."""
