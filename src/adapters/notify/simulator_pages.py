"""The simulated mailbox in the browser and, for tests and scripts, as JSON."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Response, Router, get
from litestar.params import FromPath, QueryParameter

from adapters.kit.pages import Pages
from adapters.notify.rendering import Attachment
from adapters.notify.simulator import Mail, SimulatedMailbox
from scheduling_core.errors import NotFound

To = Annotated[str | None, QueryParameter(name="to")]

_MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'self';"
    " sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""A letter's HTML brings its own inline styles; it may open links, and nothing else: no script, no form, no origin."""


class AttachmentView(msgspec.Struct, frozen=True):
    filename: str
    content_type: str
    content: str

    @classmethod
    def of(cls, attachment: Attachment) -> "AttachmentView":
        return cls(attachment.filename, attachment.content_type, attachment.content.decode())


class MailView(msgspec.Struct, frozen=True):
    """A mail as scripts read it; `id` is the message's own."""

    id: str
    to: str
    subject: str
    text: str
    html: str
    attachments: list[AttachmentView]
    sent_at: datetime
    headers: dict[str, str]
    deliveries: int

    @classmethod
    def of(cls, mail: Mail) -> "MailView":
        attachments = [AttachmentView.of(attachment) for attachment in mail.attachments]
        return cls(
            id=mail.id,
            to=mail.to,
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            attachments=attachments,
            sent_at=mail.sent_at,
            headers=dict(mail.headers),
            deliveries=mail.deliveries,
        )


def mailbox_pages(mailbox: SimulatedMailbox, *, public_url: str) -> Router:
    """/simulator/mailbox, newest first; /simulator/mailbox.json, oldest first."""
    pages = Pages("adapters.notify", public_url=public_url)

    @get("/mailbox")
    async def overview(to: To = None) -> Response[Any]:
        return pages.page("mailbox.html", {"mails": await mailbox.mails(to=to or None), "to": to or ""})

    @get("/mailbox.json")
    async def everything(to: To = None) -> Response[Any]:
        mails = [MailView.of(mail) for mail in reversed(await mailbox.mails(to=to or None))]
        return Response(mails, headers={"Cache-Control": "no-store"})

    @get("/mailbox/{mail_id:str}")
    async def one(mail_id: FromPath[str]) -> Response[Any]:
        return pages.page("mail.html", {"mail": await mailbox.mail(mail_id)})

    @get("/mailbox/{mail_id:str}/letter")
    async def letter(mail_id: FromPath[str]) -> Response[Any]:
        html = (await mailbox.mail(mail_id)).html
        headers = {
            "Content-Security-Policy": _MAIL_POLICY,
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
        }
        return Response(html, media_type="text/html; charset=utf-8", headers=headers)

    @get("/mailbox/{mail_id:str}/files/{filename:str}")
    async def file(mail_id: FromPath[str], filename: FromPath[str]) -> Response[Any]:
        for attachment in (await mailbox.mail(mail_id)).attachments:
            if attachment.filename == filename:
                headers = {"Content-Disposition": f'attachment; filename="{attachment.filename}"'}
                return Response(attachment.content, media_type=attachment.content_type, headers=headers)
        raise NotFound

    return pages.router([overview, everything, one, letter, file])
