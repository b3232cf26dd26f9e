"""The action plan in the web: read it, build it, decide on it, follow it up, revise it."""
