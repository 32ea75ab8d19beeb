"""The reader of 核校: a text in, its figures, relations and findings out. No Django in it."""
