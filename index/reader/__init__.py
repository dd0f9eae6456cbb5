"""The reader: where in a passage the answer to a question stands, if it is there at all."""

from pathlib import Path

SHIPPED = Path(__file__).with_name("weights.safetensors")
