"""What sources say alike, what they word differently, and where they contradict each other.

Two sentences are compared only if they are about the same thing. A contradiction is reported only
if much supports it and nothing speaks against it: a false one is worse than a missed one.
"""

from app.agreement.comparison import compare
from app.agreement.findings import Difference, Findings, Shared, Stated

__all__ = ["Difference", "Findings", "Shared", "Stated", "compare"]
