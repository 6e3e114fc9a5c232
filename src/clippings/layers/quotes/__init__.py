"""Quotations and reports: who is quoted, by which rule, and the person that the words for the source name."""
