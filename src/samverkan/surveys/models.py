"""Perceived safety: surveys with their sample, weights and margin of error."""
