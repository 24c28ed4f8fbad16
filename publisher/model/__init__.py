"""The nouns: what the bureau's folder holds. Frozen; no rule that needs two of them lives here."""
