"""Figures cited in what the bureau writes: `{{ score("a-water") }}`. What stands there, and what it means.

A citation is a call of one of few known functions with texts in quotes. It is taken apart, never evaluated.
"""

from publisher.citations.meaning import LATEST, Cited, Fault, meaning
from publisher.citations.syntax import FUNCTIONS, Call, Citation, citations, filled

__all__ = ["FUNCTIONS", "LATEST", "Call", "Citation", "Cited", "Fault", "citations", "filled", "meaning"]
