"""Text to blocks: the first page form that knows a page lays it out; and the registry of forms, which users extend.

Forms that a user registers are asked first, then those of installed packages (entry points of the group
``clippings.page_forms``), then the library's own.
"""

from __future__ import annotations

import contextlib
import functools
import pickle
from collections.abc import Callable, Mapping
from typing import NoReturn

from clippings import diagnostics
from clippings.arguments import ArgumentError
from clippings.model import Diagnostic
from clippings.page import _archive as archive
from clippings.page import europresse, factiva, forms, nexis, proquest
from clippings.page.forms import AUTO, PLAIN, LaidOut, Layout, PageForm

GROUP = "clippings.page_forms"
"""The group of entry points under which a package offers page forms."""
EXPORTS = (proquest.FORM, nexis.FORM, factiva.FORM, europresse.FORM)
OURS = (archive.PLAIN_FORM, *EXPORTS, *archive.FORMS)
_OURS = {form.name: form for form in OURS}


def lay_out(text: str, layout: Layout = AUTO) -> LaidOut:
    r"""Cut a page into blocks that partition it and tell its form.

    A form that fails is told, and the page is laid out by the next.

    Raises:
        ValueError: there is no such layout.

    >>> page = lay_out("DATE:\n\n02/11/2007\n\nMinsk was quiet.\n")
    >>> page.form, [block.kind for block in page.blocks if block.kind != "blank"]
    ('F3', ['label', 'date', 'paragraph'])
    """
    told: list[Diagnostic] = []
    if layout != AUTO:
        check(layout)
    for form in foreign() if layout not in _OURS else ():
        laid = _tried(form, text, told, is_named=form.name == layout)
        if laid:
            return laid._replace(form=form.name, diagnostics=(*told, *laid.diagnostics))
    form = _OURS.get(layout) or next(form for form in OURS if form.matches(text))
    laid = form.lay_out(text)
    return LaidOut(laid.blocks, laid.items, form.name, (*told, *laid.diagnostics))


def _tried(form: PageForm, text: str, told: list[Diagnostic], *, is_named: bool) -> LaidOut | None:
    """What a form of somebody else makes of a text; a fault of it is told."""
    try:
        return forms.checked(text, form.lay_out(text)) if is_named or form.matches(text) else None
    except Exception as error:  # noqa: BLE001 (it stops no reading)
        told.append(diagnostics.make("CLP209", form=form.name, reason=str(error) or type(error).__name__))
        return None


def check(layout: object) -> None:
    """Refuse what is no layout.

    >>> check("Plain")
    Traceback (most recent call last):
    ValueError: layout must be one of auto, plain, ..., not 'Plain'
    """
    if layout not in (known := choices()):
        raise ValueError(f"layout must be one of {', '.join(known)}, not {layout!r}")


def choices() -> tuple[str, ...]:
    """Return what ``layout`` may be: ``auto``, ``plain`` and the names of the forms."""
    names = dict.fromkeys(form.name for form in (*foreign(), *OURS))
    return AUTO, PLAIN, *(name for name in names if name != PLAIN)


def export(text: str, known: Mapping[str, str]) -> LaidOut | None:
    """Lay out the visible text of a saved export of a press database; None where it is none.

    Args:
        text: the visible text.
        known: the kinds of lines of its heads, such as ``title``, that its markup tells.
    """
    form = next((form for form in EXPORTS if form.matches(text)), None)
    if form is None:
        return None
    told = {factiva.FORM: factiva.lay_out, europresse.FORM: europresse.lay_out}.get(form)
    return (told(text, known) if told else form.lay_out(text))._replace(form=form.name)


_REGISTERED: list[PageForm] = []


def register_page_form(form: PageForm) -> contextlib.ExitStack:
    """Register a form of pages, tried before all others in this process and in the workers that ``annotate_to`` starts.

    Dask's workers know the forms of installed packages only.

    Args:
        form: the form; its name is new.

    Returns:
        A context: the form is forgotten at the end of its ``with`` block, or by ``.close()``.

    Raises:
        ArgumentError: ``form`` is no page form.
        ValueError: a form of this name is known already.

    >>> with register_page_form(PageForm("notes", lambda text: False, lambda text: LaidOut((), ()))):
    ...     choices()
    ('auto', 'plain', 'notes', ...)
    """
    if not isinstance(form, PageForm):
        kind = type(form).__name__
        raise ArgumentError(f"form must be a PageForm, not {kind}; give PageForm(name, matches, lay_out)")
    if form.name in choices():
        raise ValueError(f"a page form named {form.name!r} is known already; give this one another name")
    registered = _as_form(form)
    _REGISTERED.insert(0, registered)
    ended = contextlib.ExitStack()
    ended.callback(_REGISTERED.remove, registered)
    return ended


def portable() -> tuple[PageForm, ...]:
    """Return the forms registered in this process, for a worker to ``restore``.

    Raises:
        ValueError: one cannot be handed to another process.
    """
    for form in _REGISTERED:
        try:
            pickle.dumps(form)
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            raise ValueError(
                f"the page form {form.name!r} cannot be handed to workers: write its functions with def at the top of "
                "a module, or use workers=1"
            ) from error
    return tuple(_REGISTERED)


def restore(given: tuple[PageForm, ...]) -> None:
    """Register in a worker what its parent had registered."""
    _REGISTERED[:] = given


def foreign() -> tuple[PageForm, ...]:
    """Return the forms that do not come with the library, in the order in which they are asked."""
    return (*_REGISTERED, *_installed())


@functools.cache
def _installed() -> tuple[PageForm, ...]:
    from importlib.metadata import entry_points

    return tuple(_loaded(entry.name, entry.load) for entry in sorted(entry_points(group=GROUP)))


def _loaded(name: str, load: Callable[[], PageForm]) -> PageForm:
    """Load a form; one that cannot be loaded fails on each page, where that is told."""
    try:
        return _as_form(load())
    except Exception as error:  # noqa: BLE001 (any fault of a package that is not ours)
        reason = f"its package cannot be loaded: {error}"

    def fail(_: str) -> NoReturn:
        raise forms.FormError(reason)

    return PageForm(name, fail, fail)


def _as_form(given: PageForm) -> PageForm:
    """A form, or an object with the attributes of one."""
    return PageForm(given.name, given.matches, given.lay_out)
