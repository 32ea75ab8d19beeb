"""One pass over a text: where its figures stand and what they are worth."""
