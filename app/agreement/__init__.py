"""What several sources say alike, what they put differently, and where they contradict each other.

Two sentences are compared only if they speak of the same thing, and a contradiction is reported
only if much says so and nothing against it: a false one is worse than a missed one.
"""

from app.agreement.alike import SentenceEncoder
from app.agreement.comparison import compare
from app.agreement.findings import Difference, Findings, Shared, Stated

__all__ = ["Difference", "Findings", "SentenceEncoder", "Shared", "Stated", "compare"]
