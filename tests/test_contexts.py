"""Ambiguous forms are decided by the words around them: each rule on both sides."""

from __future__ import annotations

import re

import pytest

import clippings as cl
from clippings.layers.registry import annotate

CODEBOOK = cl.Codebook.load("security")


def ids(text: str) -> list[str]:
    page = annotate(cl.parse(f"DATE:\n\n02/11/2007\n\n{text}")[0], CODEBOOK)
    return [mention.id for mention in page.mentions]


NAMED = [
    ("The Irish sailor left the Texas town for Paris.", "IE"),
    ("He left the Texas town for Paris.", "FR"),
    ("The boys' choir sang in Vienna.", "AT"),
    ("Troops left Georgia on Friday.", "GE"),
    ("Georgia President Mikheil Saakashvili spoke.", "GE"),
    ("Moldova, Georgia and Ukraine met.", "GE"),
    ("The U. S. envoy spoke.", "US"),
    ("His brother left Kenya.", "KE"),
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
    ("Ministers met in Paris on Friday.", "FR"),
    ("Ministers met in London on Friday.", "GB"),
    ("Ministers met in Berlin on Friday.", "DE"),
    ("A Georgian minister spoke.", "GE"),
    ("He flew to Jordan, and King Abdullah met him.", "JO"),
    ("Troops were sent to Chad.", "TD"),
    ("He said that America would wait.", "US"),
    ("He flew to England on Friday.", "GB"),
    ("A Pole was held in Minsk.", "PL"),
    ("Talks in Sofia went on, and Bulgaria agreed.", "BG"),
    ("White Russia, as Belarus was called, lay between them.", "BY"),
    ("North Korea and South Korea met, and Korea was at peace.", "KR"),
    ("North Korea and South Korea met, and Korea was at peace.", "KP"),
    ("Israel said no.", "IL"),
    ("The START Treaty expires in December.", "START"),
    ("The Strategic Arms Reduction Treaty expires in December.", "START"),
    ("They signed the New START Treaty.", "New START"),
    ("They signed the new START treaty.", "New START"),
    ("They signed the new Strategic Arms Reduction Treaty.", "New START"),
    ("New START is in force.", "New START"),
    ("Belarus ratified the Union Treaty.", "Union State Treaty"),
    ("The treaty on Open Skies lets them fly.", "Open Skies"),
    ("The SORT treaty was signed in Moscow.", "SORT"),
    ("The Russia-Belarus Union has a secretary.", "Union State"),
    ("The NATO members met, and Alliance troops stayed.", "NATO"),
    ("The CIS met, and the Commonwealth has a secretary.", "CIS"),
    ("The presidents of GUAM met in Ukraine.", "GUAM"),
    ("Guinea said no.", "GN"),
    ("A new strategic arms reduction treaty is being written.", "New START"),
    ("The strategic arms reduction treaty of 1991 expires.", "START"),
    ("The treaty on conventional forces in Europe holds.", "CFE"),
    ("The customs union of Russia, Kazakhstan and Belarus begins.", "Customs Union"),
    ("The union of Russia and Belarus and the Russia-Belarus union are one.", "Union State"),
    ("Russia wants to join the WTO.", "WTO"),
    ("The Warsaw Pact was gone; the WTO had been the other bloc.", "Warsaw Pact"),
    ("The Belarusian Security Council met.", "Security Council of Belarus"),
    ("The Russian Security Council met.", "Security Council of Russia"),
    ("The UN said that the General Assembly will meet.", "UN General Assembly"),
    ("The United States said that Congress will vote.", "US Congress"),
    ("The United States said that the Senate will vote.", "US Senate"),
    ("Patriot missiles came, and the Patriots were put up.", "Patriot"),
    ("The Tor missiles came.", "Tor-M1"),
    ("The Buk missiles came.", "Buk"),
    ("The Osa missiles came.", "Osa"),
    ("The Satan missile was tested.", "R-36M"),
    ("The Trident submarine left.", "Trident"),
    ("The Tomahawk missiles came.", "Tomahawk"),
    ("The Aegis ships came.", "Aegis"),
    ("NATO met, and the Alliance agreed.", "NATO"),
    ("Ministers met in Athens on Friday.", "GR"),
    ("The French minister spoke.", "FR"),
    ("The Americans left on Friday.", "US"),
    ("An American envoy came.", "US"),
    ("The Indian envoy stayed.", "IN"),
    ("The Indians stayed.", "IN"),
    ("The Mexican envoy stayed.", "MX"),
    ("Mexico said no.", "MX"),
    ("Japan said no.", "JP"),
    ("The Norwegian envoy stayed.", "NO"),
    ("China said no.", "CN"),
    ("India's Prime Minister spoke.", "IN"),
    ("India’s Singh spoke to Israel-Palestinian envoys.", "IN"),
    ("The Israel-Palestinian talks failed.", "IL"),
    ("Israel Refuses to Talk", "IL"),
    ("Israel Warns Iran Again", "IL"),
    ("Kenya said no.", "KE"),
    ("Cuba said no.", "CU"),
    ("Ireland said no.", "IE"),
    ("Malta said no.", "MT"),
    ("The Paris Club met.", "FR"),
    ("The London Conference met.", "GB"),
    ("Ministers met in Vienna on Friday.", "AT"),
    ("The Soviet Union was old, and the Union fell.", "SU"),
    ("The EU met. The Union will pay.", "EU"),
    ("The EU met, and Union money came.", "EU"),
    ("They met in Tbilisi, Georgia, on Friday.", "GE"),
    ("Georgia's Saakashvili spoke.", "GE"),
    ("MOSCOW, Russia - They met.", "RU"),
    ("He left his Prague post.", "CZ"),
    ("He came from St. Petersburg, Russia.", "St Petersburg"),
    ("The post was lost; Prague Sun was not read, but a Prague sun shone.", "CZ"),
    ("The minister flew from Moscow, in Russia, to Minsk.", "RU"),
]
NOT_NAMED = [
    ("The soldiers came from the state of Georgia.", "GE"),
    ("Georgia Whitcombe led the team.", "GE"),
    ("Storms crossed Alabama and Georgia on Sunday.", "GE"),
    ("Storms crossed Georgia and South Carolina.", "GE"),
    ("He and his sister Kenya live in Ostrava.", "KE"),
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
    ("Paris Hilton sang.", "FR"),
    ("Jack London wrote it.", "GB"),
    ("Irving Berlin wrote it.", "DE"),
    ("He bought a Georgian house in Bath.", "GE"),
    ("The hanging Chad was counted.", "TD"),
    ("They flew over Latin America.", "US"),
    ("They flew to New England.", "GB"),
    ("They flew over the North Pole.", "PL"),
    ("Sofia Whitcombe sang.", "BG"),
    ("The White Russia cocktail was sweet.", "BY"),
    ("The band is called Korea.", "KR"),
    ("The band is called Korea.", "KP"),
    ("Israel Antonio sang.", "IL"),
    ("They signed the new START treaty.", "START"),
    ("They signed the new START Treaty.", "START"),
    ("They signed the new Strategic Arms Reduction Treaty.", "START"),
    ("The START treaty expires in December.", "New START"),
    ("The START Treaty expires in December.", "New START"),
    ("The Strategic Arms Reduction Treaty expires in December.", "New START"),
    ("The ABM Treaty was left in 2002.", "missile defence"),
    ("The Union Treaty of 1922 was gone.", "Union State Treaty"),
    ("Under Open Skies they walked home.", "Open Skies"),
    ("It was SORT OF odd.", "SORT"),
    ("The Union met.", "EU"),
    ("The Alliance of the parties met.", "NATO"),
    ("The British Commonwealth met.", "CIS"),
    ("They flew to GUAM from Guam.", "GUAM"),
    ("GUAM AND GEORGIA WAIT", "GUAM"),
    ("Guinea pigs ran.", "GN"),
    ("The Warsaw WTO was the other bloc.", "WTO"),
    ("Russia wants to join the WTO.", "Warsaw Pact"),
    ("The Security Council met in Minsk.", "UN Security Council"),
    ("The Security Council met.", "Security Council of Belarus"),
    ("The Security Council met.", "Security Council of Russia"),
    ("The General Assembly of the writers met.", "UN General Assembly"),
    ("The Party Congress met.", "US Congress"),
    ("The Polish Senate met.", "US Senate"),
    ("The Patriots won the match.", "Patriot"),
    ("He climbed the Tor.", "Tor-M1"),
    ("The Buk is a beech.", "Buk"),
    ("Osa is a wasp.", "Osa"),
    ("They went down the Oka river.", "Oka"),
    ("He was called the Great Satan.", "R-36M"),
    ("He held a Trident.", "Trident"),
    ("He held a Tomahawk.", "Tomahawk"),
    ("It stood under the Aegis of the state.", "Aegis"),
    ("The RA sang.", "AM"),
    ("He spoke of the state of the Union; the Union State met.", "EU"),
    ("They read about the state of the Union.", "Union State"),
    ("They heard of the Alliance of the parties.", "NATO"),
    ("She teaches in Athens, Georgia, there.", "GR"),
    ("She teaches in Athens, Georgia, there.", "GE"),
    ("They sang in the French Quarter.", "FR"),
    ("The Native Americans sang.", "US"),
    ("The Native American songs were old.", "US"),
    ("The Indian summer was long.", "IN"),
    ("The American Indians sang.", "IN"),
    ("The New Mexican hills were dry.", "MX"),
    ("The hills of New Mexico were dry.", "MX"),
    ("The Sea of Japan was calm.", "JP"),
    ("The Norwegian Sea was calm.", "NO"),
    ("The South China Sea was calm.", "CN"),
    ("India Whitcombe, a singer, spoke.", "IN"),
    ("Israel Whitcombe spoke.", "IL"),
    ("Kenya Whitcombe spoke.", "KE"),
    ("America Whitcombe spoke.", "US"),
    ("Cuba Whitcombe spoke.", "CU"),
    ("Ireland Whitcombe spoke.", "IE"),
    ("Malta Whitcombe spoke.", "MT"),
    ("London Whitcombe spoke.", "GB"),
    ("Vienna Whitcombe spoke.", "AT"),
    ("The Union State met, and so did the Union of Miners.", "EU"),
    ("The Soviet Union was old; the Union of Miners met.", "EU"),
    ("The Soviet Union fell; it was the state of the Union.", "EU"),
    ("It was the Union of Writers.", "SU"),
    ("The University of Georgia won.", "GE"),
    ("A farm in Georgia, U.S., burned.", "GE"),
    ("Senator Whitcombe (D-Georgia) spoke.", "GE"),
    ("Senator Whitcombe, R-Georgia, spoke.", "GE"),
    ("They won for Georgia Tech.", "GE"),
    ("The base at Fort Benning, Georgia, is shut.", "GE"),
    ("She lives in London, Ontario, there.", "GB"),
    ("She lives in Paris, Texas.", "FR"),
    ("She lives in St. Petersburg, Florida.", "St Petersburg"),
    ("The seed came from Moscow, Idaho.", "RU"),
    ("They were in Berlin, N.H., there.", "DE"),
    ("Real Madrid won.", "ES"),
    ("Dynamo Moscow lost.", "RU"),
    ("The ship crossed the Indian Ocean.", "IN"),
    ("The ship crossed the Irish Sea.", "IE"),
    ("They swam in the English Channel.", "GB"),
    ("The Vienna Boys' Choir sang.", "AT"),
    ("She lives in the Texas town of Paris.", "FR"),
    ("Jane Whitcombe, a Republican from Georgia, spoke.", "GE"),
    ("Rep. Jane Whitcombe of Georgia spoke.", "GE"),
    ("IT IS A MATTER FOR ALL OF US", "US"),
    ("The Prague Post wrote of it.", "CZ"),
    ("Georgia's Republican governor spoke.", "GE"),
    ("They live in Northern Ireland.", "IE"),
    ("They ate French fries.", "FR"),
]
OF_KINDS = {
    "<country>": ("Kenya", "KE"),
    "<capital>": ("Moscow", "RU"),
    "<place>": ("St. Petersburg", "St Petersburg"),
    "<demonym>": ("Indian", "IN"),
}


@pytest.mark.parametrize(("text", "actor"), NAMED)
def test_the_words_around_settle_a_form(text, actor):
    assert actor in ids(text)


@pytest.mark.parametrize(("text", "actor"), NOT_NAMED)
def test_the_words_around_rule_a_form_out(text, actor):
    assert actor not in ids(text)


@pytest.mark.parametrize("rule", CODEBOOK.contexts, ids=lambda rule: f"{rule.form}-{rule.id}")
@pytest.mark.parametrize("side", [NAMED, NOT_NAMED], ids=["named", "not named"])
def test_every_rule_is_tested_on_both_sides(rule, side):
    name, id_ = OF_KINDS.get(rule.form, (rule.form, rule.id))
    form = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
    assert any(form.search(text) and actor == id_ for text, actor in side)


@pytest.mark.parametrize(
    "other", ["the Union of Writers", "The Union of Miners", "the Polish Union", "the Credit Union"]
)
def test_a_union_of_others_is_not_the_union(other):
    assert ids(f"The EU met; {other} sang. The Union will pay.").count("EU") == 2


def test_what_may_be_several_actors_is_none_and_is_told():
    page = cl.Corpus(cl.parse("North Korea met South Korea. Korea waits.", layout="plain")).annotate()
    assert page.mentions["entity"].tolist() == ["KP", "KR"]
    assert page.diagnostics[["code", "line", "column"]].to_numpy().tolist() == [["CLP503", 1, 30]]
    assert "'Korea' may be KP or KR" in page.diagnostics["message"][0]


def test_a_treaty_inside_the_name_of_another_is_nested():
    page = annotate(cl.parse("They signed the adapted CFE treaty.", layout="plain")[0], CODEBOOK)
    assert [(mention.id, mention.nested) for mention in page.mentions] == [("ACFE", False), ("CFE", True)]


def test_another_commonwealth_is_not_the_cis_beside_it():
    assert ids("The CIS met, but the Commonwealth of Australia did not.").count("CIS") == 1
