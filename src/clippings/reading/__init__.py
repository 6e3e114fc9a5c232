"""From files, archives and frames to clippings."""
