"""Whether passages support a statement: its figures, its names, its meaning."""

from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.safetensors")
"""The weights that come with the program; a reader loads them."""
