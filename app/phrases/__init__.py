"""The program's own words in an answer, in the question's language."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FALLBACK = "en"
LANGUAGES = tuple(sorted(file.stem for file in Path(__file__).parent.glob("*.json")))


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language. `str.format` fills in the names in braces."""

    found: str
    found_answer: str  # {answer}
    agree: str
    vary: str
    differ: str
    separator: str  # between the values of different sources
    quote: str  # {text}
    quote_in: str  # {text}, {language}
    not_found: str
    warning: str  # after a sentence of a model that the articles do not support
    withdrawn: str  # {model}; before quotations, as are the next two
    none_given: str  # {model}
    model_failed: str  # {model}, {failure}
    failures: dict[str, str]  # by app.writing.model.failures.Failure
    changed: str  # {source}
    recognised: str  # {source}
    understood: str  # {question}
    languages: dict[str, str]  # by ISO 639-1
    who: str
    articles: str  # before a list of all
    greeting: str
    thanks: str
    reply: str  # to "yes", "no" and the like
    byline: str  # {title}, before what its file states of itself
    stated: dict[str, str]  # what that is: author, published, publisher
    topic: str  # before a list of those that have something on what was asked about
    latest: str
    article: str  # {title}, {language}
    dated_article: str  # {title}, {language}, {date}
    more: str  # {count}
    summary: str  # {title}
    summary_in_sections: str  # {title}
    sources: str  # before a list of them
    ask_name: str  # {name}; it may be a person or a thing
    ask_topic: str  # {topic}
    ask_section: str  # {title}, {section}
    ask_summary: str  # {title}

    def language(self, code: str) -> str:
        """Return the name of a language, or its code if that is not known."""
        return self.languages.get(code, code)


@cache
def phrases(language: str) -> Phrases:
    """Return the phrases in `language`, or in English if there are none."""
    name = language if language in LANGUAGES else FALLBACK
    file = Path(__file__).with_name(f"{name}.json")
    return Phrases(**json.loads(file.read_text(encoding="utf-8")))
