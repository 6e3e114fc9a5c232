"""Readers of documents, a module a kind, such as Word, PDF or mail. Their packages come with an extra."""
