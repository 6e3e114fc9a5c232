"""Buttons and links that need an address: there where the build is given one, left out where it is not."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

import web_addresses

BINDER = "https://mybinder.org"
BUTTONS = ("use_edit_page_button", "use_issues_button", "use_repository_button", "use_source_button")


def set_addresses(_: Sphinx, config: Config) -> None:
    """Tell the theme the repository, and Sphinx the address of the book.

    Without an address of ours the default of Jupyter Book, its own repository, must not stay.
    """
    try:
        repository, book = web_addresses.given()
    except web_addresses.AddressError as error:
        raise ConfigError(str(error)) from error
    config.html_baseurl = book
    options = config.html_theme_options
    options.update(dict.fromkeys(BUTTONS, repository is not None))
    options["repository_url"] = repository.url if repository else ""
    options["repository_provider"] = repository.forge if repository else ""
    options["repository_branch"] = repository.branch if repository else ""
    options["launch_buttons"]["binderhub_url"] = BINDER if repository and repository.on_binder else ""


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", set_addresses)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
