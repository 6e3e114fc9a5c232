"""The walk from frame to frame: the same rows however the pages are dealt out, and by whom."""

from __future__ import annotations

import contextlib
import itertools
import os
import pickle
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pytest

import clippings as cl
from clippings import store
from clippings.cli import examples
from clippings.store import parquet, partition
from clippings.tables import frames

# Dask asks which address leads to the internet, and says so where none does: the tests pass without a network too.
pytestmark = pytest.mark.filterwarnings("ignore:Couldn't detect a suitable IP address:RuntimeWarning")

SAID = '"We wait for {0} days," said Anna Petrova, head of the Minsk Institute, on Tuesday. Russia and NATO talk.\n'


@pytest.fixture(scope="module")
def pages() -> pd.DataFrame:
    """Twelve pages: two copies, one empty, one without a text."""
    texts = [examples.SOUND.replace("They met on Tuesday.\n", SAID.format(number)) for number in range(8)]
    rows = [(f"{number:02}.txt", text) for number, text in enumerate([*texts, texts[0], texts[0] + "\n", "", None])]
    return pd.DataFrame(rows, columns=["path", "text"])


@pytest.fixture(scope="module")
def whole(pages) -> dict[str, pd.DataFrame]:
    """The tables of one call for all pages."""
    return store.split_partition(store.annotate_partition(pages))


@pytest.fixture(scope="module")
def files(pages, tmp_path_factory) -> cl.Tables:
    """The tables of one process that reads the pages from files."""
    root = tmp_path_factory.mktemp("files")
    for path, text in pages.dropna().itertuples(index=False):
        (root / path).write_text(text, "utf-8")
    with contextlib.chdir(root):
        return cl.annotate_to(sorted(path.name for path in root.glob("*.txt")), root / "out", part=5)


FILES = ("diagnostics", "sources")


def assert_same(tables, others, *, but: tuple[str, ...] = ()) -> None:
    for name in frames.SCHEMA:
        if name not in but:
            pd.testing.assert_frame_equal(tables(name), others(name), obj=name)


def dealt(pages: pd.DataFrame, cuts: list[int]) -> list[pd.DataFrame]:
    edges = [0, *cuts, len(pages)]
    return [pages.iloc[first:last] for first, last in itertools.pairwise(edges)]


def test_a_partition_has_the_types_it_promises(pages):
    for part in (pages, pages.head(0), pages.tail(1)):
        long = store.annotate_partition(part)
        assert list(long.columns) == list(store.PARTITION)
        assert long.dtypes.to_dict() == store.partition_meta().dtypes.to_dict()
        assert list(long.index) == list(range(len(long)))


def test_it_is_what_one_process_reads_from_files(whole, files):
    # Copies are told at the end of a run, and the missing text has no file.
    assert_same(whole.__getitem__, lambda name: getattr(files, name), but=FILES)
    assert whole["diagnostics"]["code"].tolist() == ["CLP103", "CLP115"]
    rows = whole["sources"].query("code != 'CLP115'").reset_index(drop=True)
    pd.testing.assert_frame_equal(rows, files.sources)
    assert files.diagnostics["code"].tolist() == ["CLP103", "CLP301", "CLP302"]


@pytest.mark.parametrize("cuts", [[6], [1, 2, 3], [0, 0, 5, 5, 12], list(range(1, 12, 2))])
def test_any_partitioning_gives_the_same_rows(pages, whole, cuts):
    parts = [store.split_partition(store.annotate_partition(part)) for part in dealt(pages, cuts)]
    joined = {
        name: pd.concat([part[name] for part in parts], ignore_index=True).astype(schema)
        for name, schema in frames.SCHEMA.items()
    }
    assert_same(joined.__getitem__, whole.__getitem__)


def test_the_index_and_other_columns_do_not_count(pages, whole):
    odd = pages.assign(source="archive").set_index(pd.Index(range(100, 112))).convert_dtypes()
    assert_same(store.split_partition(store.annotate_partition(odd)).__getitem__, whole.__getitem__)


def test_a_frame_without_texts_is_refused(pages):
    with pytest.raises(KeyError, match="text"):
        store.annotate_partition(pages.drop(columns="text"))


def test_the_codebook_is_equipped_once():
    first, second = (pickle.loads(pickle.dumps(cl.Codebook.load())) for _ in range(2))
    assert first is not second
    assert partition._equipped(first) is partition._equipped(second)


def test_the_copies_are_the_same_table(whole):
    assert list(whole[parquet.PAGES]["id"]) == [f"{number:02}" for number in range(10)]


def client(**options):
    distributed = pytest.importorskip("distributed")
    pytest.importorskip("dask.dataframe")
    return distributed.Client(threads_per_worker=1, dashboard_address=None, **options)


def frame(pages: pd.DataFrame, cuts: list[int]):
    from dask import dataframe, delayed

    # Dask guesses at types from the first partition: without meta, one whose texts are all missing would be of another.
    return dataframe.from_delayed([delayed(part) for part in dealt(pages, cuts)], meta=pages.head(0))


@pytest.mark.parametrize(("workers", "cuts"), [(1, [5]), (2, [0, 1, 7, 7]), (4, list(range(1, 12, 2)))])
def test_dask_gives_the_rows_of_one_process(pages, files, tmp_path, workers, cuts):
    with client(n_workers=workers, processes=False) as scheduler:
        tables = cl.annotate_to(frame(pages, cuts), tmp_path / "out", engine="dask", scheduler=scheduler)
    assert_same(lambda name: getattr(tables, name), lambda name: getattr(files, name), but=FILES)
    assert tables.diagnostics["code"].tolist() == ["CLP103", "CLP115", "CLP301", "CLP302"]
    assert len(list((tmp_path / "out/quotes").iterdir())) == len(cuts) + 1


@pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.reset_index")  # Dask's own, in reading Parquet.
def test_dask_reads_a_parquet_data_set_by_its_row_groups(pages, files, tmp_path):
    pages.to_parquet(tmp_path / "pages.parquet", row_group_size=5, index=False)
    with client(n_workers=1, processes=False) as scheduler:
        tables = cl.annotate_to(tmp_path / "pages.parquet", tmp_path / "out", engine="dask", scheduler=scheduler)
        with pytest.raises(TypeError, match="neither a Dask DataFrame nor the path of a Parquet data set: DataFrame"):
            cl.annotate_to(pages, tmp_path / "none", engine="dask", scheduler=scheduler)
        assert not (tmp_path / "none").exists()
        with pytest.raises(cl.FolderError, match=r"was made from .*pages\.parquet, not <DataFrame \w{12}>;"):
            cl.annotate_to(frame(pages, [5]), tmp_path / "out", engine="dask", scheduler=scheduler)
    assert_same(lambda name: getattr(tables, name), lambda name: getattr(files, name), but=FILES)
    assert len(list((tmp_path / "out/quotes").iterdir())) == 3


def test_dask_survives_a_lost_worker(pages, tmp_path):
    """A cluster of processes; one is killed once the first part stands."""
    many = pd.concat([pages.assign(path=f"{number}-" + pages["path"]) for number in range(6)], ignore_index=True)
    alone = store.split_partition(store.annotate_partition(many))
    with client(n_workers=2, processes=True) as scheduler:
        pids = list(scheduler.run(os.getpid).values())
        killer = threading.Thread(target=kill_once_begun, args=(pids[0], tmp_path / "out/manifest.jsonl"))
        killer.start()
        cuts = list(range(12, len(many), 12))
        tables = cl.annotate_to(frame(many, cuts), tmp_path / "out", engine="dask", scheduler=scheduler)
        killer.join()
        assert pids[0] not in scheduler.run(os.getpid).values()
    assert_same(lambda name: getattr(tables, name), alone.__getitem__, but=FILES)


def kill_once_begun(process: int, manifest: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if manifest.exists() and b'"part"' in manifest.read_bytes():
            break
        time.sleep(0.002)
    os.kill(process, signal.SIGKILL)


def assert_same_rows(long: pd.DataFrame, whole: dict[str, pd.DataFrame]) -> None:
    """Neither Ray nor Spark promises the order of partitions."""
    split = store.split_partition(long.astype(store.PARTITION))
    for name, schema in frames.SCHEMA.items():
        keys = [column for column in ("id", "item", "start", "end", "file", "code") if column in schema]
        got, wanted = (one[name].sort_values(keys, ignore_index=True, kind="stable") for one in (split, whole))
        pd.testing.assert_frame_equal(got, wanted, obj=name)


@pytest.mark.filterwarnings("ignore")  # Ray warns of itself.
def test_ray_gives_the_same_rows(pages, whole):
    ray = pytest.importorskip("ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        given = ray.data.from_pandas(pages).repartition(3)
        long = given.map_batches(store.annotate_partition, batch_format="pandas").to_pandas()
    finally:
        ray.shutdown()
    assert_same_rows(long, whole)


@pytest.mark.filterwarnings("ignore")  # Spark warns of pandas.
@pytest.mark.skipif(not shutil.which("java"), reason="Spark needs Java")
def test_spark_gives_the_same_rows(pages, whole, monkeypatch):
    sql = pytest.importorskip("pyspark.sql")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    options = {"spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    spark = sql.SparkSession.builder.master("local[2]").config(map=options).getOrCreate()
    names = {"str": "string", "Int64": "bigint", "boolean": "boolean", "datetime64[us]": "timestamp_ntz"}
    schema = ", ".join(f"`{column}` {names[kind]}" for column, kind in store.PARTITION.items())
    rows = [(path, text if isinstance(text, str) else None) for path, text in pages.itertuples(index=False)]
    try:
        given = spark.createDataFrame(rows, "path string, text string").repartition(3)
        found = given.mapInPandas(lambda parts: map(store.annotate_partition, parts), schema).collect()
    finally:
        spark.stop()
    assert_same_rows(pd.DataFrame([row.asDict() for row in found], columns=list(store.PARTITION)), whole)
