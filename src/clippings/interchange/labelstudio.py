"""Label Studio: tasks with what the machine predicts in JSON, and the configuration of the project in XML.

Label Studio counts code points; before its version 1.5 it counted UTF-16 code units, so that a reader goes by the words
that each region carries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from clippings.interchange._pages import MACHINE, Item, Note, Page, Place, digest, pages
from clippings.interchange._reading import (
    MARKED,
    PARTS,
    FormatError,
    around,
    data_of,
    json_of,
    layer_of,
    placed,
    whole,
)
from clippings.interchange._units import Units
from clippings.model import Annotated
from clippings.tables.columns import columns

TASKS, CONFIG = "tasks.json", "config.xml"
_TYPES = ("labels", "choices", "textarea")
# The editor shows a line end in the words of a region as a backslash and an n.
_SPACE = re.compile(r"(?:\s|\\n)+")


def write(annotated: Iterable[Annotated]) -> Iterator[tuple[str, bytes]]:
    """Yield the configuration of the project and its tasks, one a page."""
    yield CONFIG, _configuration().encode()
    found = pages(annotated)
    yield TASKS, b"[\n"
    for number, page in enumerate(found):
        line = json.dumps(_task(page), ensure_ascii=False) + ("\n" if number == len(found) - 1 else ",\n")
        yield TASKS, line.encode()
    yield TASKS, b"]\n"


def read(path: Path) -> list[Page]:
    """Return the pages of an export in JSON, or of a folder that was written here.

    What people annotated is read, each version under who completed it; where nobody has, what the machine predicted.

    Raises:
        FormatError: it is not such an export, or a region is not on the words that it carries.
    """
    at = path / TASKS if path.is_dir() else path
    file = str(at)
    tasks = json_of(data_of(at), file)
    if not isinstance(tasks, list):
        raise FormatError(f"{file}: holds no list of tasks; export as JSON")
    return [_page(task, f"{file}: task {number}") for number, task in enumerate(tasks, start=1)]


def _configuration() -> str:
    labels = "".join(f'    <Label value="{label}"/>\n' for label in (*MARKED.values(), *PARTS))
    relations = "".join(f'    <Relation value="{part}"/>\n' for part in PARTS)
    kinds = "".join(f'    <Choice value="{escape(kind)}"/>\n' for kind in columns("quotes")["kind"].values)
    others = ",".join(label for name, label in MARKED.items() if name != "quotes")
    region = 'toName="text" perRegion="true" whenTagName="label" whenLabelValue'
    return f"""<View>
  <Style>.htx-text {{ white-space: pre-wrap; }}</Style>
  <Labels name="label" toName="text">
{labels}  </Labels>
  <Relations>
{relations}  </Relations>
  <Text name="text" value="$text" granularity="symbol" saveTextResult="yes"/>
  <Choices name="kind" {region}="Quote" choice="single">
{kinds}  </Choices>
  <TextArea name="speaker" {region}="Quote" maxSubmissions="1" editable="true" placeholder="speaker"/>
  <TextArea name="value" {region}="{others}" maxSubmissions="1" editable="true" placeholder="value"/>
</View>
"""


def _task(page: Page) -> dict[str, Any]:
    items = [{"item": one.item, "start": one.start, **one.facts} for one in page.items]
    result = list(_result(page))
    data = {"text": page.text, "id": page.id, "items": items, "sha256": page.sha256}
    return {"data": data, "predictions": [{"model_version": MACHINE, "result": result}]}


def _result(page: Page) -> Iterator[dict[str, Any]]:
    text = page.text or ""
    parts: dict[tuple[str, Place], str] = {}
    relations: list[dict[str, Any]] = []
    for number, note in enumerate(page.notes):
        if note.layer not in MARKED:
            continue
        key = f"n{number}"
        yield from _region(key, text, (note.start, note.end), MARKED[note.layer])
        answers = [("speaker", note.speaker)] if note.layer == "quotes" else [("value", note.value)]
        at = {"start": note.start, "end": note.end}
        if note.layer == "quotes" and note.value:
            yield _answer(key, "kind", "choices", at | {"choices": [note.value]})
        for name, answer in answers:
            if answer:
                yield _answer(key, name, "textarea", at | {"text": [answer]})
        for part, attribute in PARTS.items():
            if place := getattr(note, attribute):
                if (part, place) not in parts:
                    parts[part, place] = f"p{len(parts)}"
                    yield from _region(parts[part, place], text, place, part)
                ends = {"from_id": key, "to_id": parts[part, place]}
                relations.append({"type": "relation", **ends, "direction": "right", "labels": [part]})
    yield from relations


def _region(key: str, text: str, place: Place, label: str) -> Iterator[dict[str, Any]]:
    start, end = place
    yield _answer(key, "label", "labels", {"start": start, "end": end, "text": text[start:end], "labels": [label]})


def _answer(key: str, name: str, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": key, "from_name": name, "to_name": "text", "type": kind, "value": value}


def _page(task: Any, where: str) -> Page:
    data = task.get("data") if isinstance(task, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str) or not isinstance(data.get("id"), str):
        raise FormatError(f"{where}: its data has no text or no id; keep the tasks that were exported")
    text: str = data["text"]
    found = _dicts(data.get("items"))
    items = tuple(Item(whole(one.get("item"), where), whole(one.get("start"), where)) for one in found)
    notes = tuple(note for coder, result in _versions(task, where) for note in _notes(result, text, coder, where))
    return Page(data["id"], text, notes, items or (Item(0),), sha256=digest(text), file=where)


def _versions(task: Mapping[str, Any], where: str) -> Iterator[tuple[str | None, list[Any]]]:
    """Who annotated a task, and with what result; skipped tasks have none."""
    done = [one for one in _dicts(task.get("annotations")) if not one.get("was_cancelled")]
    for one in done or _dicts(task.get("predictions")):
        result = one.get("result")
        if not isinstance(result, list):
            raise FormatError(f"{where}: an annotation without result; export as JSON, not JSON_MIN")
        yield _coder(one), result


def _coder(one: Mapping[str, Any]) -> str | None:
    who = one.get("completed_by", one.get("model_version"))
    if isinstance(who, dict):
        who = who.get("email") or who.get("username") or who.get("id")
    return None if who is None else str(who)


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _answers(result: Sequence[Mapping[str, Any]], where: str) -> dict[str, dict[str, Any]]:
    """What is answered of each region, by the name of the question."""
    found: dict[str, dict[str, Any]] = {}
    for one in result:
        value = one.get("value")
        if one.get("type") == "relation" or not isinstance(value, dict) or "start" not in value:
            continue
        if one.get("type") not in _TYPES:
            raise FormatError(
                f"{where}: region {one.get('id')} is of the type {one.get('type')!r}, which is not read; "
                f"set the project up with {CONFIG}"
            )
        # Whatever the project calls its labels; a region has one set of them.
        name = "label" if "labels" in value else str(one.get("from_name"))
        found.setdefault(str(one.get("id")), {})[name] = value
    return found


def _links(result: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """Where the relations of each region lead, by their labels."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in result:
        if one.get("type") == "relation":
            for label in one.get("labels") or ():
                found.setdefault(str(one.get("from_id")), {}).setdefault(str(label), []).append(str(one.get("to_id")))
    return found


def _notes(result: list[Any], text: str, coder: str | None, where: str) -> Iterator[Note]:
    answers, links = _answers(_dicts(result), where), _links(_dicts(result))
    regions = {key: told["label"] for key, told in answers.items() if "label" in told}
    count = _counted(list(regions.values()), text, where)
    for key, value in regions.items():
        label = _first(value.get("labels"))
        if isinstance(value["labels"], list) and len(value["labels"]) > 1:
            raise FormatError(f"{where}: region {key} has {len(value['labels'])} labels; give each a region of its own")
        if label is None or label in PARTS:
            continue
        layer = layer_of(label, f"{where}: region {key}")
        parts: dict[str, Place | None] = {}
        for part, attribute in PARTS.items():
            targets = links.get(key, {}).get(part, [])
            lost = next((target for target in targets if target not in regions), None)
            if lost is not None:
                raise FormatError(f"{where}: region {key}: a relation leads to {lost}, which is not there")
            parts[attribute] = around([count(regions[target]) for target in targets])
        speaker = _first(answers[key].get("speaker", {}).get("text"))
        said = _first(answers[key].get("kind", {}).get("choices")) or _first(answers[key].get("value", {}).get("text"))
        yield Note(layer, *count(value), said, speaker, parts["source"], parts["cue"], coder=coder)


def _first(value: Any) -> str | None:
    one = value[0] if isinstance(value, list) and value else value
    return one if isinstance(one, str) and one else None


def _counted(regions: Sequence[Mapping[str, Any]], text: str, where: str) -> Callable[[Mapping[str, Any]], Place]:
    """Return what gives the place of a region, in the unit in which all of them are on the words that they carry."""
    units = Units(text)

    def by_code_points(region: Mapping[str, Any]) -> Place:
        return placed(region.get("start"), region.get("end"), len(text), where)

    def by_utf16(region: Mapping[str, Any]) -> Place:
        start, end = placed(region.get("start"), region.get("end"), units.utf16(len(text)), where)
        return placed(units.code_points(start), units.code_points(end), len(text), where)

    wrong: Mapping[str, Any] = {}
    for count in (by_code_points, by_utf16):
        wrong = next((one for one in regions if not _fits(one, count, text)), {})
        if not wrong:
            return count
    raise FormatError(
        f"{where}: the region at {wrong.get('start')} is not on its words, {str(wrong.get('text'))[:40]!r}; "
        "was the text changed?"
    )


def _fits(region: Mapping[str, Any], count: Callable[[Mapping[str, Any]], Place], text: str) -> bool:
    try:
        start, end = count(region)
    except FormatError:
        return False
    words = region.get("text")
    return not isinstance(words, str) or _SPACE.sub(" ", words).strip() == _SPACE.sub(" ", text[start:end]).strip()
