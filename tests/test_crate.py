"""The data as RO-Crate and Croissant: in step with the declaration and the files, and told where they are not."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from rocrate.rocrate import ROCrate

import crate

DATA = Path(__file__).parents[1] / "data"
RESOURCES = json.loads((DATA / "datapackage.json").read_text("utf-8"))["resources"]


@pytest.mark.parametrize("name", [crate.CRATE, crate.CROISSANT])
def test_a_description_is_in_step(name: str) -> None:
    assert (DATA / name).read_text("utf-8") == crate.written()[name], "run tools/crate.py"


def change_a_file(folder: Path) -> None:
    (folder / "names.csv").write_text((folder / "names.csv").read_text("utf-8") + "\n", "utf-8")


def change_the_declaration(folder: Path) -> None:
    path = folder / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace('"title": "Names"', '"title": "Other names"'), "utf-8")


@pytest.mark.parametrize("change", [change_a_file, change_the_declaration])
def test_a_change_is_seen_in_both(tmp_path: Path, change: Callable[[Path], None]) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    before = crate.written(folder)
    change(folder)
    assert all(text != before[name] for name, text in crate.written(folder).items())


def test_what_is_out_of_step_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert crate.main(["--check"]) == 0
    monkeypatch.setattr(crate, "written", lambda: {crate.CRATE: "{}"})
    assert crate.main(["--check"]) == 1
    assert (
        capsys.readouterr().err
        == "crate: data/ro-crate-metadata.json is out of step with the data: run tools/crate.py\n"
    )
    assert crate.main(["--chek"]) == 2


def test_rocrate_reads_every_file_with_its_hash_and_license() -> None:
    read = ROCrate(DATA)
    for resource in RESOURCES:
        file = read.dereference(resource["path"])
        content = (DATA / resource["path"]).read_bytes()
        assert (file["sha256"], file["contentSize"]) == (sha256(content).hexdigest(), str(len(content)))
        licenses = [one["path"] for one in resource.get("licenses", [])]
        assert [file["license"].id] == (licenses or [crate.RIGHTS])
    assert {part.id for part in read.root_dataset["hasPart"]} == {one["path"] for one in RESOURCES} | {
        "datapackage.json"
    }


def test_croissant_has_every_table_and_nothing_without_a_license() -> None:
    made = json.loads(crate.written()[crate.CROISSANT])
    tables = [one for one in RESOURCES if "schema" in one]
    assert [one["@id"] for one in made["distribution"]] == [one["path"] for one in tables]
    assert {one["path"] for one in tables} == {one["path"] for one in tables if one.get("licenses")}
    fields = {one["@id"]: [field["name"] for field in one["field"]] for one in made["recordSet"]}
    assert fields == {one["name"]: [field["name"] for field in one["schema"]["fields"]] for one in tables}


def test_a_reference_of_croissant_leads_to_a_column() -> None:
    made = json.loads(crate.written()[crate.CROISSANT])
    columns = {
        (field["source"]["fileObject"]["@id"], field["name"]) for one in made["recordSet"] for field in one["field"]
    }
    fields = [field for one in made["recordSet"] for field in one["field"]]
    led = {(at["fileObject"]["@id"], at["extract"]["column"]) for field in fields if (at := field.get("references"))}
    assert led
    assert led <= columns
