"""Full-text search: what a word is, what a query means, where in a text it is met, and an index of many texts.

``terms`` cuts a text into folded words, ``query`` reads what a user typed, ``spans`` says where a text meets it,
``index`` asks SQLite which of many texts do, and ``contexts`` cuts out the words around a place.
"""
