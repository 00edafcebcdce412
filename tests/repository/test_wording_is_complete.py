"""Every code has its sentence in both languages, and every sentence can be read by an official."""

import re
import string

import pytest

from grondslag.wording import LANGUAGES
from our_source import catalogue_texts, texts_in_source, uses_of_codes

BUILT = {
    "canonical.schema-": "the kind of fault a JSON Schema reports",
    "canonical.": "the kind of deceiving sign",
    "api.title-": "the kind of problem behind a status of HTTP",
    "api.status-": "what to do at that status",
    "api.scope-": "what a token may do",
    "documents.": "page numbers in print; the unit of a scale bar",
    "methods.certainty-": "the certainty word that belongs to a probability",
    "policy.promise.": "the id of a rule",
    "policy.outcome.": "the outcome of a check",
    "policy.form.": "the form of a column",
    "policy.step.": "the step on the ladder of outputs",
    "policy.way.": "the way without personal data",
    "policy.domain.": "the field of work",
    "policy.edge.": "the condition under which two fields may be joined",
    "policy.algorithm.": "the use of an algorithm",
    "policy.prescan.need-": "whether an impact assessment is needed",
    "policy.prescan.item-": "an item of the supervisor's list",
    "policy.prescan.criterion-": "a sign of a high risk",
    "policy.setting.": "a dated setting, or the day of a change of the law",
    "policy.impact.": "what rests on an article",
    "policy.diff.": "what differs between two days",
    "report.worked-": "whether a decision worked",
    "report.next-": "what happens after a look back",
    "framework.principle-": "a principle of the policy framework, by its number",
    "framework.role-": "a role in it",
    "framework.does-": "what that role does",
    "framework.theme-": "a theme of its rules",
    "framework.measure-": "a measure of the BIO2, and who carries it out",
    "framework.term-": "a word that people must share",
    "framework.means-": "what that word means",
    "home.found-in-": "where the words of a search stand",
    "home.role-": "a role that nobody has",
    "home.advice-": "what was done with an advice; with -empty, a section without rows",
    "projects.ask-": "a question on a screen",
    "projects.hint-": "help with that question",
    "projects.title-": "a screen",
    "projects.lead-": "help with that screen",
    "projects.basis-": "a legal basis of article 6",
    "projects.party-": "what another organisation does",
    "projects.route-": "why data may serve another purpose",
    "projects.special-": "a kind of sensitive data",
    "projects.telling-": "how people are told",
    "projects.rhythm-": "how often data are needed",
    "projects.analysis-": "a kind of question",
    "projects.council-": "what the works council said",
    "projects.right-": "a right of people, by its article",
    "projects.weight-": "how much a finding weighs",
    "projects.phase-": "the phase of a project",
    "organisations.role-": "a role that somebody can have",
    "catalogue.kind-": "what somebody wants with a note",
    "catalogue.differs-": "in what two definitions differ",
    "catalogue.access-": "who may know of a dataset",
    "catalogue.read-": "what became of a file in a department's folder",
    "catalogue.part-": "a part of a contract",
    "plan.todo-": "what of a plan nobody has settled yet",
    "tell.left-out-": "the protection that left something out",
    "tell.role-": "the role in which somebody signed",
    "tell.step-": "the step of a delivery that begins",
    "delivery.verified-": "the check that was done on a delivery",
}
"""Codes that are put together from a fixed start and a word from a closed list, and which."""

ENDED = {"-empty": "what a section says when it has no rows, after the code of its heading"}
"""Endings that a page puts behind a code, and what for."""

MOST_WORDS = 15
# What an official should not have to know: users and screens, "say this, not that".
BANNED = (
    r"datasubject(en)?", r"betrokkenenpopulatie", r"betrokkenen", r"rechtmatigheidsgrondslag(en)?",
    r"dataminimalisatie", r"subsidiariteit", r"proportionaliteit",
    r"gegevensbeschermingseffectbeoordeling(en)?", r"functionaris(sen)?", r"conform bewaartermijn",
    r"(?<!\()verwerkers?(?!\))",
)  # fmt: skip


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def sentences_in(text):
    """The sentences of a text, without the file and line in front of it."""
    told = re.sub(r"^\{file\}(, regel \{\w+\})?: ", "", text)
    return [part for part in re.split(r"[.?!:](?:\s+|$)", told) if part.strip()]


def words_in(sentence):
    """Words and places to fill in; a number or a sign alone is no word."""
    return re.findall(r"\{[^}]*\}|[^\W\d_][\w’'-]*", sentence)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language):
    known = catalogue_texts(language)

    silent = [
        f"{use.place} {use.code}" for use in uses_of_codes() if use.whole and use.code not in known
    ]

    assert silent == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_built_code_can_have_a_sentence(language):
    known = catalogue_texts(language)

    built = [use for use in uses_of_codes() if not use.whole]

    assert [f"{use.place} {use.code}" for use in built if use.code not in BUILT] == []
    assert [start for start in BUILT if not any(code.startswith(start) for code in known)] == []


def test_both_languages_say_the_same_things():
    dutch, english = (catalogue_texts(language) for language in ("nl", "en"))

    assert sorted(dutch.keys() ^ english.keys()) == []
    assert [
        code for code in dutch if placeholders(dutch[code]) != placeholders(english[code])
    ] == []


def test_every_sentence_gets_the_facts_it_asks_for():
    asked = {code: placeholders(text) for code, text in catalogue_texts("nl").items()}

    hungry = [
        f"{use.place} {use.code}: {sorted(asked[use.code] - use.fields)}"
        for use in uses_of_codes()
        if use.whole and use.fields is not None and not asked.get(use.code, set()) <= use.fields
    ]

    assert hungry == []


COUNTS = {"count", "rows", "records", "cells", "residents", "all", "repeated", "distinct"}
"""Facts that are counts: from a thousand on they have their point, or comma, in every sentence."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_is_written_as_one(language):
    bare = [
        f"{code}: {{{name}}}"
        for code, text in catalogue_texts(language).items()
        for _, name, form, _ in string.Formatter().parse(text)
        if name in COUNTS and form != "n"
    ]

    assert bare == []


def test_no_sentence_is_left_over():
    known = texts_in_source()

    left_over = [
        code
        for code in catalogue_texts("nl")
        if code not in known
        and not any(
            code.startswith(start)
            and {code.removeprefix(start), code.removeprefix(start).replace("-", "_")} & known
            for start in BUILT
        )
        and not any(code.endswith(end) and code.removesuffix(end) in known for end in ENDED)
    ]

    assert left_over == []


def test_dutch_sentences_are_short():
    long = [
        f"{code}: {len(words_in(sentence))} words: {sentence}"
        for code, text in catalogue_texts("nl").items()
        for sentence in sentences_in(text)
        if len(words_in(sentence)) > MOST_WORDS
    ]

    assert long == []


def test_dutch_sentences_use_no_word_an_official_does_not_know():
    jargon = [
        f"{code}: {found.group()}"
        for code, text in catalogue_texts("nl").items()
        for word in BANNED
        if (found := re.search(rf"\b{word}\b", text, re.IGNORECASE))
    ]

    assert jargon == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language):
    assert [code for code, text in catalogue_texts(language).items() if not text.strip()] == []
