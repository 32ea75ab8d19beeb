"""How the figures of a text relate, and what does not add up."""
