"""The data as RO-Crate and Croissant: in step with the declaration and the files, and told where it is not."""

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from test_tools import load_tool

DATA = Path(__file__).parents[1] / "data"
