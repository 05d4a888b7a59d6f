import pytest

from dragoman.annotate.boilerplate import find_boilerplate

LEAD = "The ministers of Arven and Tolm met in Bern on Friday and signed no paper."
BODY = "Arven wants its fishing boats back before it talks about the strait, its envoy said."
NOTICES = {
    "en": [
        "Subscribe to our newsletter",
        "Sign up for our free newsletter and get the news in your inbox.",
        "Follow us on Facebook and Instagram",
        "Join our community Support independent journalism",
        "Comments on this site are the responsibility of those who write them.",
        "No comments yet",
        "Disclaimer: the views expressed here do not necessarily reflect those of the paper.",
        "Need to contact us? Email us at desk@paper.example",
        "With ten years of experience in journalism, she writes about the sea.",
        "Source: Bern Gazette",
        "Source link",
        "https://img.paper.example/a/b/picture.jpg?width=700",
        "We use cookies to make this site better.",
        "Read more: What the strait means for Tolm",
        "Share this article on WhatsApp",
        "Please make a donation to our newsroom",
        "© 2023 The Bern Gazette. All rights reserved.",
        "(Reporting by Ina Vell; editing by Oto Marr)",
        "Thanks for reading.",
        "Advertisement",
    ],
    "pt": [
        "Assine a nossa newsletter e receba as notícias no seu e-mail.",
        "Siga-nos no Facebook",
        "Leia também: o que se sabe do estreito",
        "Todos os direitos reservados",
        "Deixe o seu comentário",
    ],
    "es": ["Suscríbete a nuestro boletín", "Síguenos en Facebook", "Todos los derechos reservados"],
    "fr": ["Abonnez-vous à notre lettre", "Lire aussi : le détroit", "Tous droits réservés"],
    "de": [
        "Jetzt Newsletter abonnieren",
        "Lesen Sie auch: die Meerenge",
        "Alle Rechte vorbehalten",
    ],
    "ru": [
        "Подписывайтесь на наш канал в Telegram",
        "Читайте также: что известно о проливе",
        "Фото: пресс-служба порта",
        "Все права защищены",
        "Комментарии закрыты",
    ],
    "uk": [
        "Підписуйтесь на наш канал у Telegram",
        "Читайте також: що відомо про протоку",
        "Фото: пресслужба порту",
        "Усі права захищено",
        "Підтримайте нашу редакцію",
    ],
    "tr": [
        "Bültenimize abone olun",
        "Bizi sosyal medyada takip edin",
        "Kaynak: Bern Gazetesi",
        "İlginizi çekebilir: Boğaz kapandı",
        "Tüm hakları saklıdır",
    ],
    "el": [
        "Εγγραφείτε στο newsletter μας",
        "Ακολουθήστε μας στο Facebook",
        "Διαβάστε επίσης: τι ξέρουμε για τον πορθμό",
        "Φωτογραφία: Λιμεναρχείο",
        "Απαγορεύεται η αναδημοσίευση χωρίς άδεια",
    ],
}
REPORTS = {
    "ru": [
        "Источник пролива находится в Арвене, сказал посол.",
        "Стороны поделились опасениями и не подписали ни одной бумаги.",
        "Министр отказался от комментариев и уехал в порт.",
    ],
    "uk": [
        "Джерело річки лежить в Арвені, сказав посол.",
        "Сторони поділилися побоюваннями й не підписали жодного паперу.",
        "Міністр відмовився коментувати й поїхав у порт.",
    ],
    "tr": [
        "Nehrin kaynağı Arven'de, dedi elçi.",
        "Taraflar teklifleri yazılı olarak paylaştı ve limandan ayrıldı.",
        "Bakan yorum yapmadan salondan çıktı.",
    ],
    "el": [
        "Η πηγή του ποταμού βρίσκεται στην Άρβεν, είπε ο πρέσβης.",
        "Οι δύο πλευρές μοιράστηκαν τις ανησυχίες τους και δεν υπέγραψαν τίποτα.",
        "Ο υπουργός δεν θέλησε να σχολιάσει το σημείωμα.",
    ],
}
REPORT = [
    "The company said that subscribers of its newsletter had paid twice.",
    '"Join us in this fight," the president told the crowd in the square.',
    "Tolm asked its allies to support independent observers at the border.",
    "The two sides put their offers in writing by noon, a diplomat said.",
    "According to reporting by the Bern Gazette, the talks were cut short.",
    "The envoy declined to comment on the note.",
    "The minister shared a photo of the signed map.",
    "You cannot sign with a knife at your throat, the envoy said.",
    "Comments by the minister angered Tolm, which recalled its envoy.",
    "Both countries accept that the source of the river lies in Arven.",
    '"No comment," said the spokesman of the foreign ministry.',
    "A follow-up meeting is planned for June 4 in Oslo.",
]


def found(text, code):
    return [text[start:end] for start, end, _ in find_boilerplate(text, code)]


@pytest.mark.parametrize(
    ("code", "notice"), [(code, notice) for code, many in NOTICES.items() for notice in many]
)
def test_notices_at_the_end(code, notice):
    text = f"{LEAD}\n{BODY}\n{notice}"
    assert found(text, code) == [notice]


def test_real_sentences_are_kept():
    text = "\n".join([LEAD, *REPORT, BODY])
    assert found(text, "en") == []


@pytest.mark.parametrize("sentence", REPORT)
def test_real_sentences_are_kept_at_the_end_too(sentence):
    assert found(f"{LEAD}\n{BODY}\n{sentence}", "en") == []


@pytest.mark.parametrize("code", REPORTS)
def test_real_sentences_are_kept_in_other_languages(code):
    for sentence in REPORTS[code]:
        assert found(f"{LEAD}\n{BODY}\n{sentence}", code) == []


def test_a_notice_within_a_line():
    text = f"{LEAD} Subscribe to our newsletter today. {BODY}"
    assert found(text, "en") == ["Subscribe to our newsletter today."]


def test_a_notice_without_a_stop_before_it():
    text = f"{LEAD}\nThe envoys spoke of the strait Read more about it in our dossier\n{BODY}"
    assert found(text, "en") == ["Read more about it in our dossier"]


def test_a_credit_in_brackets_before_a_sentence():
    text = f"{LEAD}\n(Photo: Ina Vell) The envoys left by the back door without a word.\n{BODY}"
    assert found(text, "en") == ["(Photo: Ina Vell)"]


def test_places_are_of_the_text_as_received():
    text = f"  {LEAD}\r\n\r\n Source link \r\n"
    ((start, end, reason),) = find_boilerplate(text, "en")
    assert text[start:end] == "Source link"
    assert "credit" in reason.why
    assert reason.weight >= 1


def test_no_language_still_knows_addresses():
    assert found(f"{LEAD}\nhttps://cdn.example/x.jpg", None) == ["https://cdn.example/x.jpg"]
