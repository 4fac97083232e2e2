"""The place of an event as the templates of MUC-4 write it."""

from geo.extraction.actors import shipped_actors
from geo.extraction.article import Article
from geo.extraction.join import Event
from geo.extraction.places import TYPED
from geo.extraction.scope import countries_in
from geo.gazetteer.index import country_names

COUNTRIES = ("SV", "GT", "HN", "NI", "PA", "CO", "PE", "CL", "BO", "EC", "AR")


def place_of(event: Event, article: Article) -> str:
    for mention in event.mentions:
        for place in sorted(mention.places, key=lambda found: -found.standing):
            answer = place.answer
            if place.standing >= TYPED and answer.known and answer.country in COUNTRIES and answer.level != "country":
                country = country_names()[answer.country].upper()
                head = place.text.upper().split(",")[0].split("(")[0].strip()
                for word in (" CITY", " DEPARTMENT", " PROVINCE", " TOWN", " DISTRICT", " MUNICIPALITY"):
                    head = head.removesuffix(word)
                return f"{country}: {' '.join(head.split())}"
    return _home(event, article)


def _home(event: Event, article: Article) -> str:
    for mention in event.mentions:
        for place in mention.places:
            if place.answer.country in COUNTRIES:
                return country_names()[place.answer.country].upper()
    named = [code for code in countries_in(article.text.title(), shipped_actors(), shouted=True) if code in COUNTRIES]
    return country_names()[named[0]].upper() if named else "-"
