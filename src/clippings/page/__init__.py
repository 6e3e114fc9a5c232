"""The grammar of a saved page: its lines, and the blocks and fields that they make.

``layout`` turns text into blocks that partition it, ``fields`` reads the fields of each clipping from the blocks, and
``lines`` says what a line can be. Modules that begin with an underscore serve these alone.
"""
