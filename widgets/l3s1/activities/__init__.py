"""What a student handles: a state without widgets, and the panel that links to it."""
