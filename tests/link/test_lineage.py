"""An invented dispute over the ferry of Quell, told by a wire and those who live off it."""

import pytest

from dragoman.annotate.boilerplate import find_boilerplate
from dragoman.annotate.credits import find_credits
from dragoman.annotate.damage import find_repairs
from dragoman.annotate.fingerprint import fingerprint
from dragoman.claims import Annotation, Received
from dragoman.link.lineage import families, link_lineage
from dragoman.types import Boilerplate, Repair, Span, report_id

WIRE = """BREMA, June 4 (Reuters) - Tavora and Sundmark agreed on Wednesday to reopen the Quell \
ferry on July 1, 14 months after a shooting closed the crossing.
Ministers Anselm Korb of Tavora and Ditte Rask of Sundmark shook hands at the Hotel Imperial in \
Brema after nine hours of talks.
"We have a timetable, and that is more than we had this morning," Rask told reporters.
Under the plan, 40 Tavoran customs officers will leave the port of Lindhaven by June 20.
Sundmark will in return release 112 fishermen whom its coast guard has held since February.
Korb said his government still demanded compensation of 3.5 million euros for 27 seized boats.
Sundmark rejected that demand, and a court in Oslo will hear the case on September 9.
Observers from Finland are to watch the first 30 crossings, said mediator Paavo Lehto.
The dispute began in April 2029 when a patrol fired on the trawler Margit, killing two men.
Shares of Quell Lines rose 6 percent in Brema after the deal was announced."""

COPY = WIRE.replace("BREMA, June 4 (Reuters) - ", "Quell ferry to sail again\n").replace(
    "\nShares of Quell Lines rose 6 percent in Brema after the deal was announced.",
    "\nThe paper's own readers have asked for this for a year.",
)

EXCERPT = "\n".join(WIRE.split("\n")[3:6])

SPIN = """BREMA, June 4 - Tavora and Sundmark settled on Wednesday to restart the Quell ferry on \
July 1, 14 months after a capturing shut the crossing.
Ministers Anselm Korb of Tavora and Ditte Rask of Sundmark clasped palms on the Hotel Imperial in \
Brema following 9 hours of discussions.
"We now have a schedule, and that's greater than we had this morning," Rask instructed journalists.
Below the plan, 40 Tavoran customs officers will depart the port of Lindhaven by June 20.
Sundmark will in change free 112 fishermen whom its coast guard has detained since February.
Korb mentioned his authorities nonetheless demanded compensation of 3.5 million euros for 27 \
seized vessels.
Sundmark refused that demand, and a courtroom in Oslo will listen to the matter on September 9.
Watchers from Finland are to look at the primary 30 crossings, mentioned mediator Paavo Lehto.
The row started in April 2029 when a patrol shot on the trawler Margit, killing 2 males.
Shares of Quell Traces climbed 6 % in Brema after the deal was introduced."""

PORTUGUESE = """Tavora e Sundmark concordaram na quarta-feira em reabrir a balsa de Quell em 1 de \
julho, 14 meses depois de um tiroteio ter fechado a travessia.
Os ministros Anselm Korb, de Tavora, e Ditte Rask, de Sundmark, apertaram as mãos no Hotel \
Imperial, em Brema, após nove horas de conversas.
"Temos um calendário, e isso é mais do que tínhamos esta manhã", disse Rask aos repórteres.
Pelo plano, 40 funcionários alfandegários de Tavora deixarão o porto de Lindhaven até 20 de junho.
Sundmark libertará em troca 112 pescadores que sua guarda costeira mantém presos desde fevereiro.
Korb disse que seu governo ainda exigia uma indenização de 3,5 milhões de euros por 27 barcos.
Sundmark rejeitou essa exigência, e um tribunal em Oslo ouvirá o caso em 9 de setembro.
Observadores da Finlândia vão acompanhar as primeiras 30 travessias, disse o mediador Paavo Lehto.
A disputa começou em abril de 2029, quando uma patrulha atirou no arrastão Margit e matou dois \
homens.
As ações da Quell Lines subiram 6 por cento em Brema depois do anúncio do acordo."""

SPANISH = """Tavora y Sundmark acordaron el miércoles reabrir el transbordador de Quell el 1 de \
julio, 14 meses después de que un tiroteo cerrara el paso.
Los ministros Anselm Korb, de Tavora, y Ditte Rask, de Sundmark, se dieron la mano en el Hotel \
Imperial de Brema tras nueve horas de conversaciones.
"Tenemos un calendario, y eso es más de lo que teníamos esta mañana", dijo Rask a los periodistas.
Según el plan, 40 aduaneros de Tavora dejarán el puerto de Lindhaven antes del 20 de junio.
Sundmark liberará a cambio a 112 pescadores que su guardia costera retiene desde febrero.
Korb dijo que su gobierno seguía exigiendo una compensación de 3,5 millones de euros por 27 barcos.
Sundmark rechazó esa exigencia y un tribunal de Oslo verá el caso el 9 de septiembre.
Observadores de Finlandia vigilarán los primeros 30 cruces, dijo el mediador Paavo Lehto."""

GERMAN = """Tavora und Sundmark haben sich am Mittwoch geeinigt, die Fähre von Quell am 1. Juli \
wieder zu öffnen, 14 Monate nachdem eine Schießerei die Überfahrt beendet hatte.
Die Minister Anselm Korb aus Tavora und Ditte Rask aus Sundmark gaben sich im Hotel Imperial in \
Brema nach neun Stunden Gesprächen die Hand.
"Wir haben einen Zeitplan, und das ist mehr, als wir heute Morgen hatten", sagte Rask.
Nach dem Plan werden 40 Zöllner aus Tavora den Hafen von Lindhaven bis zum 20. Juni verlassen.
Sundmark wird dafür 112 Fischer freilassen, die seine Küstenwache seit Februar festhält.
Korb sagte, seine Regierung fordere weiter 3,5 Millionen Euro Entschädigung für 27 Boote.
Sundmark lehnte das ab, und ein Gericht in Oslo wird den Fall am 9. September hören.
Beobachter aus Finnland sollen die ersten 30 Überfahrten begleiten, sagte Vermittler Paavo Lehto."""

# The same day, the same people, one quotation in common: accounts of their own.
OWN_ENGLISH = """After a year of silence on the water, the Quell ferry may soon carry cars again.
Ditte Rask looked tired when she stepped out of the Hotel Imperial late on Wednesday.
"We have a timetable, and that is more than we had this morning," she said, and went to bed.
For the people of Lindhaven the news from Brema came by telephone before it came on the radio.
Bakers there lost a third of their trade when the boats stopped, the town's mayor recalled.
Tavora's Anselm Korb would not say what his country had given for the deal.
Two diplomats from Finland spoke of a quarrel over money that almost ended the evening.
Sundmark holds 112 fishermen, and their wives stood outside the hotel with candles.
Whether the first boat sails on July 1 depends on the weather and on Oslo, officials joked."""

OWN_GERMAN = """Die Frauen von Lindhaven haben Kerzen mitgebracht, denn ihre Männer sitzen in Haft.
Vor dem Hotel Imperial in Brema warteten am Mittwoch rund 200 Menschen auf Ditte Rask.
Die Ministerin von Sundmark kam spät und sprach kurz, ihr Kollege Anselm Korb gar nicht.
Ob die Fähre von Quell wirklich fährt, weiß in Tavora niemand, sagte ein Wirt im Hafen.
Seit 2029 hat er 3 von 5 Kellnern entlassen, und im Winter war sein Haus ganz geschlossen.
Paavo Lehto, der Vermittler, trank am Tresen ein Bier und lobte die Geduld aller Seiten."""


def annotation(source, text, code, **stated):
    received = Received(source=source, text=text, language=code, **stated)
    report = report_id(source, text)

    def span(start, end):
        return Span(report=report, start=start, end=end, text=text[start:end])

    notices = find_boilerplate(text, code)
    repairs = find_repairs(text, code, notices)
    credit = find_credits(received, text, code, notices, repairs)
    return Annotation(
        report=report,
        source=source,
        sha256="",
        length=len(text),
        language=code,
        lead=span(0, 10),
        outlet=credit.outlet,
        agency=credit.agency,
        reasons=credit.reasons,
        fingerprint=fingerprint(text, code, notices),
        boilerplate=tuple(Boilerplate(evidence=(span(start, end),)) for start, end, _ in notices),
        repairs=tuple(
            Repair(
                evidence=(span(found.start, found.end),),
                garbled=text[found.start : found.end],
                restored=found.restored,
                reason=found.kind,
            )
            for found in repairs
        ),
    )


def linked(*reports):
    """Links given as (source, text, code) and the text of each report."""
    said = [annotation(*report) for report in reports]
    texts = {a.report: text for a, (_, text, _) in zip(said, reports, strict=True)}
    names = {a.report: a.source for a in said}
    return link_lineage(said, texts.__getitem__), names, texts


MADE = {
    "copy": ("copy", COPY, "en"),
    "excerpt": ("excerpt", EXCERPT, "en"),
    "spin": ("spin", SPIN, "en"),
    "pt": ("translation", PORTUGUESE, "pt"),
    "es": ("translation", SPANISH, "es"),
    "de": ("translation", GERMAN, "de"),
}


@pytest.mark.parametrize("name", MADE)
def test_what_was_made_from_the_wire(name):
    form, text, code = MADE[name]
    lineages, names, texts = linked(("wire", WIRE, "en"), (name, text, code))
    (lineage,) = lineages
    assert (names[lineage.report], names[lineage.source]) == (name, "wire")
    assert lineage.form == form
    assert 0.5 < lineage.share <= 1
    assert lineage.aligned
    assert lineage.reasons
    for alignment in lineage.aligned:
        for span in (alignment.here, alignment.there):
            assert texts[span.report][span.start : span.end] == span.text
        assert alignment.here.report == lineage.report
        assert alignment.there.report == lineage.source
    assert {span.report for span in lineage.evidence} == {lineage.report}


def test_a_family_is_a_star_and_independent_accounts_stay_out():
    reports = [("wire", WIRE, "en"), ("own", OWN_ENGLISH, "en"), ("eigen", OWN_GERMAN, "de")]
    reports += [(name, text, code) for name, (_, text, code) in MADE.items()]
    lineages, names, _ = linked(*reports)
    assert {(names[x.report], names[x.source], x.form) for x in lineages} == {
        (name, "wire", form) for name, (form, _, _) in MADE.items()
    }
    roots = families(lineages, names)
    assert {names[root] for root in roots.values()} == {"wire", "own", "eigen"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((WIRE, "en"), (OWN_ENGLISH, "en")),
        ((WIRE, "en"), (OWN_GERMAN, "de")),
        ((OWN_ENGLISH, "en"), (OWN_GERMAN, "de")),
        ((OWN_ENGLISH, "en"), (PORTUGUESE, "pt")),
        ((SPIN, "en"), (OWN_ENGLISH, "en")),
    ],
)
def test_two_accounts_of_one_event_do_not_join(one, other):
    assert linked(("one", *one), ("other", *other))[0] == []


def test_reports_that_share_only_a_quotation_do_not_join():
    quote = '"We have a timetable, and that is more than we had this morning, and we will keep it."'
    one = f"The minister spoke in the rain before the hotel.\n{quote}\nThen she left for the coast."
    other = f"Nobody had expected Rask to smile.\n{quote}\nThe markets hardly moved that day."
    assert linked(("one", one, "en"), ("other", other, "en"))[0] == []


def test_a_digest_of_two_stories_does_not_make_them_one():
    other = """The harvest of Osk failed for the third year, the farmers' union said on Monday.
It asked the ministry in Pell for 80 million crowns and for seed that stands the drought.
Rain has been scarce in the valley since 2027, and 300 wells are dry, its chairman said.
The ministry wants to wait for the report of the engineers before it promises anything."""
    digest = WIRE + "\n" + other
    lineages, names, _ = linked(
        ("wire", WIRE, "en"), ("harvest", other, "en"), ("digest", digest, "en")
    )
    joined = {(names[x.report], names[x.source]) for x in lineages}
    assert ("wire", "harvest") not in joined
    assert ("harvest", "wire") not in joined


def test_the_order_of_arrival_does_not_matter():
    reports = [("wire", WIRE, "en"), ("own", OWN_ENGLISH, "en")]
    reports += [(name, text, code) for name, (_, text, code) in MADE.items()]
    first = linked(*reports)[0]
    for turn in range(1, 4):
        assert linked(*reports[turn:], *reports[:turn])[0] == first
    assert linked(*reversed(reports))[0] == first


def test_many_copies_of_one_report():
    reports = [("wire", WIRE, "en")]
    reports += [(f"copy-{n}", f"{COPY}\nPage {n} of the paper.", "en") for n in range(60)]
    lineages, names, _ = linked(*reports)
    assert len(lineages) == 60
    assert len({lineage.source for lineage in lineages}) == 1
    assert len(set(families(lineages, names).values())) == 1


def test_nothing_to_compare():
    assert linked()[0] == []
    assert linked(("one", "Short words here.", "en"), ("two", "Other words there.", "en"))[0] == []


def test_families_of_reports_without_lineage():
    assert families([], ["b", "a"]) == {"a": "a", "b": "b"}
