"""Folders of Parquet tables: saved, loaded, and written from files part by part, on one machine or over a cluster.

``annotate_to`` writes the tables of any number of pages in constant memory. ``annotate_partition`` is the same walk as
a function from frame to frame, for engines such as Dask, Spark and Ray.
"""

from clippings.parallel import WorkerError
from clippings.store.manifest import FolderError
from clippings.store.partition import PARTITION, annotate_partition, partition_meta, split_partition
from clippings.store.runs import annotate_to

__all__ = [
    "PARTITION",
    "FolderError",
    "WorkerError",
    "annotate_partition",
    "annotate_to",
    "partition_meta",
    "split_partition",
]
