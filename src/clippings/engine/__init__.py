"""The walk from pages to tables, part by part: on one machine, or over the partitions of a cluster.

``annotate_to`` writes the tables of any number of pages in constant memory. ``annotate_partition`` is the same walk as
a function from frame to frame, for whatever hands out partitions: Dask, Spark, Ray.
"""

from clippings.engine.partition import PARTITION, annotate_partition, partition_meta, split_partition
from clippings.engine.runs import annotate_to
from clippings.export.manifest import FolderError
from clippings.workers import WorkerError

__all__ = [
    "PARTITION",
    "FolderError",
    "WorkerError",
    "annotate_partition",
    "annotate_to",
    "partition_meta",
    "split_partition",
]
