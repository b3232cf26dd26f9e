"""The pages of contact paths and of continuity."""
