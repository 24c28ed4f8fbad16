"""Sealed editions: what was published as plain facts, how it differs from the inputs, and the chain of acts. Pure."""
