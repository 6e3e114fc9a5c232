"""What all tests share: the library as it is published, and a comparison of images, which nbval skips."""

import base64
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from nbval.plugin import IPyNbCell
from PIL import Image, ImageChops

# A window system must never be asked for. The kernels are not touched: they draw inline.
mpl.use("agg")
# Scripts that are not part of the package, imported by their tests.
sys.path[:0] = [str(Path(__file__).parent / name) for name in ("book/_ext", "tools", "benchmarks", "tests")]


@pytest.fixture(scope="session", autouse=True)
def _no_wait_for_the_disk() -> Iterator[None]:
    """Skip fsync: no test cuts the power, so nothing has to reach the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)
        yield


@pytest.fixture(autouse=True)
def _no_figure_stays_open() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library as it is published."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=Path(__file__).parent, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel installs, to be put in front of the repository's own code."""
    folder = tmp_path_factory.mktemp("installed")
    shutil.unpack_archive(wheel, folder, "zip")
    return folder


IMAGE_TYPES = ("image/png", "image/jpeg")
# Fonts are rasterised a little differently from one machine to the next.
CHANNEL_TOLERANCE = 32
DIFFERING_SHARE = 0.005


def images(outputs: list[dict]) -> list[Image.Image]:
    """Decode the image outputs of a cell, in order, on white: figures have no ground, and black would hide ink."""
    data = [output.get("data", {}) for output in outputs]
    coded = [bundle[kind] for bundle in data for kind in IMAGE_TYPES if kind in bundle]
    return [on_white(Image.open(io.BytesIO(base64.b64decode(one)))) for one in coded]


def on_white(drawn: Image.Image) -> Image.Image:
    """Lay an image on white paper."""
    ink = drawn.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", ink.size, "white"), ink).convert("RGB")


def difference(stored: Image.Image, drawn: Image.Image) -> float:
    """Return the share of pixels that differ visibly; 1 when the sizes differ."""
    if stored.size != drawn.size:
        return 1.0
    bands = ImageChops.difference(stored, drawn).split()
    worst = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    differing = sum(worst.histogram()[CHANNEL_TOLERANCE + 1 :])
    return differing / (stored.width * stored.height)


def compare_images(cell: IPyNbCell) -> None:
    """Fail where the images that a cell drew are not those stored."""
    stored, drawn = images(cell.cell.outputs), images(cell.test_outputs)
    if len(stored) != len(drawn):
        pytest.fail(f"{len(stored)} stored images, {len(drawn)} drawn", pytrace=False)
    for number, pair in enumerate(zip(stored, drawn, strict=True), start=1):
        share = difference(*pair)
        if share > DIFFERING_SHARE:
            message = f"image {number}: {share:.2%} of the pixels differ from the stored ones"
            pytest.fail(message, pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    yield
    if isinstance(item, IPyNbCell):
        compare_images(item)
