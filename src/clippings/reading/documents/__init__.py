"""Readers of documents, a module a kind: Word, RTF, PDF, mail, tables, feeds. Their packages come with an extra."""
