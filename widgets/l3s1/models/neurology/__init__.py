"""Which root a lesion hits, what is found then, and how far findings lead back to a root."""
