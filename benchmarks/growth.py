"""How cost grows: with the text, the forms, the clippings, and on input made to be slow.

Each series is set against its smallest size, per character; where the work is linear the ratio stays near 1.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path

import adversarial
import generated
import ours
from steps import Step, over

import clippings as cl
import saved
from clippings.codebook.schema import Actor
from clippings.layers import running

TIMES = (1, 2, 4)
FORMS = (500, 5_000, 50_000)
# Of input made to be slow, quotation marks come in so many times the size of the rest: to a million by default.
MARKS, MANY = "quotation marks", 5


def by_pages(texts: Sequence[str]) -> Iterator[Step]:
    """Yield parsing and annotating of as many pages, of twice and of four times as many, and of one page as long."""
    codebook = cl.Codebook.load()
    for times in TIMES:
        part = texts[: len(texts) * times // max(TIMES)]
        whole = ["\n\n".join(generated.article(text) for text in part)]
        found, long = ours.parsed(part), cl.parse(whole[0], layout="plain")
        runs: Mapping[str, tuple[Callable[[], object], Sequence[str], str]] = {
            ours.PARSE: (lambda part=part: [cl.parse(text) for text in part], part, "generated"),
            ours.ALL: (lambda found=found: _annotated(found, codebook), part, "generated"),
            f"{ours.ALL}, one page": (lambda long=long: _annotated(long, codebook), whole, "one long page"),
        }
        for step, (run, used, data) in runs.items():
            yield _sized(step, run, used, (len(part), len(texts) // max(TIMES)), "pages", data)


def by_forms(texts: Sequence[str]) -> Iterator[Step]:
    """Yield scanning and annotating with codebooks of more and more forms; the forms found are the same in all."""
    found = ours.parsed(texts)
    for size in FORMS:
        codebook = with_forms(size, texts)
        runs: Mapping[str, Callable[[], object]] = {
            ours.SCAN: lambda codebook=codebook: [codebook.scan(one.text) for one in found],
            ours.ALL: lambda codebook=codebook: _annotated(found, codebook),
        }
        for step, run in runs.items():
            yield _sized(step, run, texts, (size, FORMS[0]), "forms", "generated")


def by_clippings(largest: int, folder: Path) -> Iterator[Step]:
    """Yield the whole walk over a hundred files and ten times as many, again and again up to the largest."""
    codebook, sizes = cl.Codebook.load(), tens(largest)
    texts = generated.pages(largest)
    for size in sizes:
        target = folder / f"clippings-{size}"
        saved.write(texts[:size], target)
        run = lambda target=target: ours.in_frames(cl.read(target).annotate(codebook))  # noqa: E731
        yield _sized(ours.WALK, run, texts[:size], (size, sizes[0]), "clippings", "generated")


def tens(largest: int) -> list[int]:
    """Return a hundred, a thousand and so on; of a smaller number, itself.

    >>> tens(10_000), tens(7)
    ([100, 1000, 10000], [7])
    """
    sizes = [100 * 10**power for power in range(5) if 100 * 10**power <= largest]
    return sizes or [largest]


def by_malice(size: int) -> Iterator[Step]:
    """Yield reading and annotating of input made to be slow, at one, two and four times a size."""
    codebook = cl.Codebook.load()
    makers = {**adversarial.CASES, **adversarial.MARKUP}
    for name, make in makers.items():
        first = size * MANY if name == MARKS else size
        for times in TIMES:
            text = make(first * times)
            run = adversarial.runner(name, text, codebook)
            yield _sized(name, run, [text], (first * times, first), "characters", "made up", "adversarial")


def with_forms(count: int, texts: Sequence[str]) -> cl.Codebook:
    """Return a codebook of about so many forms: those in the texts, then the codebook's own, then invented ones."""
    starter = cl.Codebook.load(Path(str(resources.files("clippings.codebook") / "starter")))
    whole = cl.Codebook.load()
    met = {hit.form.target for text in texts for hit in whole.scan(text) if hit.form.kind != "term"}
    order = sorted(range(len(whole.actors)), key=lambda index: index not in met)
    taken = {actor.short for actor in starter.actors}
    actors = [whole.actors[index] for index in order if whole.actors[index].short not in taken]
    chosen, held = [], len(starter.table("forms"))
    for actor in [*actors, *_recombined(whole.actors, count)]:
        if held >= count:
            break
        chosen.append(actor)
        held += len(actor.forms)
    return starter.extend(actors=chosen, name=f"forms-{count}")


def _recombined(actors: Sequence[Actor], count: int) -> Iterator[Actor]:
    """Invent names from three words of others, so that they begin as other names do, and not as the words of a text."""
    chance = random.Random(count)
    words = sorted({word for actor in actors for name in actor.names for word in name.split() if word.isalpha()})
    for number in range(count):
        name = " ".join(chance.choices(words, k=3))
        yield Actor(short=f"invented-{number}", canonical=name, kind="organization", names=(name,))


def _annotated(found: Sequence[cl.Clipping], codebook: cl.Codebook) -> list[object]:
    return list(running.attempt_all(found, codebook))


def _sized(
    step: str,
    run: Callable[[], object],
    texts: Sequence[str],
    sizes: tuple[int, int],
    of: str,
    data: str,
    group: str = "growth",
) -> Step:
    """Return a step of a series; its first size has nothing to be set against."""
    size, first = sizes
    here = Step(group, step, run, data=data, size=size, of=of, **over(texts))
    return here._replace(against="" if size == first else here._replace(size=first).label)
