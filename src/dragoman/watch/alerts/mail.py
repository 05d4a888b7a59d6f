"""News as one e-mail, in text and in HTML."""

from __future__ import annotations

import email.policy
import email.utils
import html
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

from dragoman.errors import AlertError
from dragoman.record import Reader
from dragoman.render.safe import on_one_line
from dragoman.review import News
from dragoman.types import content_hash
from dragoman.watch.config import Mail
from dragoman.watch.memory import write_whole

_WORDS = 3
_SECONDS = 30.0


def digest(record: Path, name: str, mail: Mail, news: Sequence[News]) -> EmailMessage:
    """The e-mail of some news.

    Raises:
        RecordError: the record can't be read.
    """
    with Reader(record) as reader:
        moment = reader.states()[-1].at
        sources = dict(reader.rows("SELECT id, source FROM report"))
    message = EmailMessage()
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.to)
    message["Subject"] = on_one_line(f"{name}: {len(news)} news, first {news[0].sort}")
    message["Date"] = email.utils.format_datetime(moment)
    key = content_hash(name, moment.isoformat(), *(each.entry.id for each in news))
    message["Message-ID"] = f"<{key}@dragoman>"
    message.set_content("\n".join(_plain(each, sources) for each in news))
    body = "\n".join(_rich(each, sources) for each in news)
    message.add_alternative(
        f"<!doctype html><html><body><h1>{html.escape(name)}</h1>\n{body}</body></html>\n",
        subtype="html",
    )
    return message


def _plain(each: News, sources: Mapping[str, str]) -> str:
    lines = [f"* {each.sort}: {on_one_line(each.text)} [{each.entry.id}]"]
    for span in each.words[:_WORDS]:
        where = on_one_line(sources.get(span.report, span.report))
        lines.append(f"    {where} {span.start}:{span.end}: “{on_one_line(span.text)}”")
    return "\n".join(lines) + "\n"


def _rich(each: News, sources: Mapping[str, str]) -> str:
    def shown(text: str) -> str:
        return html.escape(on_one_line(text))

    words = "".join(
        f"<blockquote><p>{shown(span.text)}</p><cite>{shown(sources.get(span.report, ''))}"
        f" {span.start}:{span.end}</cite></blockquote>"
        for span in each.words[:_WORDS]
    )
    head = f"<b>{shown(each.sort)}</b>: {shown(each.text)} <code>{each.entry.id}</code>"
    return f"<section><p>{head}</p>{words}</section>"


def send(message: EmailMessage, mail: Mail, environment: Mapping[str, str]) -> None:
    """Put it into the folder, or hand it to the server.

    Raises:
        AlertError: it was not taken.
        ConfigError: it can't be written.
    """
    if mail.folder is not None:
        name = message["Message-ID"].strip("<>").partition("@")[0]
        data = message.as_bytes(policy=email.policy.SMTP)
        write_whole(Path(mail.folder) / f"{name}.eml", data)
        return
    try:
        with smtplib.SMTP(mail.host or "", mail.port, timeout=_SECONDS) as server:
            if mail.tls:
                server.starttls(context=ssl.create_default_context())
            if mail.user is not None:
                server.login(mail.user, environment.get(mail.password_variable or "", ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise AlertError(
            f"{mail.host}:{mail.port}", f"the mail was not taken ({error})", "check the server"
        ) from error
