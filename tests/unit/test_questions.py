import re

import pytest

from snippets.machine.examples import DOCS

TEXT = (DOCS / "questions.md").read_text(encoding="utf-8")
QUESTIONS = re.split(r"^### ", TEXT, flags=re.MULTILINE)[1:]


def test_there_are_29_questions_with_anchors_of_their_own():
    names = set(re.findall(r"^### .+ \{ #([a-z0-9-]+) \}$", TEXT, re.MULTILINE))
    assert len(QUESTIONS) == len(names) == 29


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda text: re.search(r"#([\w-]+)", text)[1])
def test_a_question_has_a_one_sentence_answer_its_limits_and_a_link_to_a_page(question):
    _, answer = question.split("\n\n", 1)
    (sentence,) = re.match(r"\*\*([^*]+[.])\*\*", answer).groups()
    assert sentence.count(". ") == 0
    assert answer.split("\n\n")[1].startswith("*Exception:* ")
    pages = set(re.findall(r"\]\(([a-z-]+\.md)[#)]", answer))
    assert pages
    for page in pages:
        assert (DOCS / page).exists()
