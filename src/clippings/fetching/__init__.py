"""The one door to the network: pages of a catalogue, fetched politely, kept whole, and verified.

Nothing here is imported before ``fetch`` or ``clippings fetch`` is called, and nothing else asks a network.
"""
