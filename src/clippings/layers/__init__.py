"""The layers of evidence over a text, and the registry that names them."""
