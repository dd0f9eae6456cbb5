"""Whether passages carry a statement: its figures, its names, its meaning."""

from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.safetensors")
"""The network that comes with the program; it begins as the reader and is loaded like one."""
