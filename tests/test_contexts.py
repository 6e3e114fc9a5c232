"""Ambiguous forms are decided by the words around them: each rule on both sides."""

from __future__ import annotations

import pytest

import clippings as cl
from clippings.annotators import annotate

CODEBOOK = cl.Codebook.load("security")


def ids(text: str) -> list[str]:
    page = annotate(cl.parse(f"DATE:\n\n02/11/2007\n\n{text}")[0], CODEBOOK)
    return [mention.id for mention in page.mentions]


NAMED = [
    ("Troops left Georgia on Friday.", "GE"),
    ("Georgia President Mikheil Saakashvili spoke.", "GE"),
    ("They flew to Turkey.", "TR"),
    ("The pipeline runs through Turkey and Greece.", "TR"),
    ("The US said no.", "US"),
    ("Washington said no.", "US"),
    ("The RA Defense Ministry said no.", "AM"),
    ("The talks on START were hard, and START I was near its end.", "START"),
    ("The START treaty expires in December.", "START"),
    ("They signed the New START treaty.", "New START"),
    ("The ABM Treaty was left in 2002.", "ABM"),
    ("The ABM project goes ahead in Poland.", "missile defence"),
    ("A NATO official spoke.", "NATO"),
    ("Members of the Union State met; the Union has a secretary.", "Union State"),
    ("The European Union met, and the Union said no.", "EU"),
    ("The Alliance said so, and NATO meant it.", "NATO"),
    ("Patriot missiles will be sent.", "Patriot"),
    ("The Oka missiles were scrapped.", "Oka"),
    ("The Volga radar at Gantsevichi works.", "Volga radar"),
    ("The UN said the Security Council will meet.", "UN Security Council"),
    ("The U.S.S.R. was gone.", "SU"),
    ("The O.S.C.E. sent observers.", "OSCE"),
    ("The TALKS WILL START; the New START talks are on.", "New START"),
]
NOT_NAMED = [
    ("The soldiers came from the state of Georgia.", "GE"),
    ("Georgia Whitcombe led the team.", "GE"),
    ("They had a turkey for dinner; the roast Turkey was cold.", "TR"),
    ("It cost US$720 million.", "US"),
    ("The Washington Post said so.", "US"),
    ("George Washington slept here.", "US"),
    ("TALKS WILL START WITHOUT HIM", "START"),
    ("TALKS WILL START WITHOUT HIM", "New START"),
    ("The ABM project goes ahead in Poland.", "ABM"),
    ("It goes by the NATO reporting name Growler.", "NATO"),
    ("The labor union met.", "Union State"),
    ("The Soviet Union fell.", "Union State"),
    ("A true patriot spoke.", "Patriot"),
    ("The Patriot Act was passed.", "Patriot"),
    ("The boat went down the Volga.", "Volga radar"),
    ("Latin America is far.", "US"),
    ("The U.S.S.R. was gone.", "US"),
    ("The Collective Security Treaty Organization met.", "CST"),
    ("The Budapest Memorandum holds.", "HU"),
    ("Jordan Smith scored twice.", "JO"),
]


@pytest.mark.parametrize(("text", "actor"), NAMED)
def test_the_words_around_settle_a_form(text, actor):
    assert actor in ids(text)


@pytest.mark.parametrize(("text", "actor"), NOT_NAMED)
def test_the_words_around_rule_a_form_out(text, actor):
    assert actor not in ids(text)


def test_a_treaty_inside_the_name_of_another_is_nested():
    page = annotate(cl.parse("They signed the adapted CFE treaty.", layout="plain")[0], CODEBOOK)
    assert [(mention.id, mention.nested) for mention in page.mentions] == [("ACFE", False), ("CFE", True)]
