"""What is done in this room: one function a use case."""
