"""Renders the top of the page: its name, and who is signed in with the way out."""

from html import escape

from assistant.answers import Language
from ui.accounts import Account
from ui.strings import PAGE


def header_html(language: Language, account: Account | None) -> str:
    """Return the top of the page; `account` is None where nobody has to sign in. The script takes the language of the page
    from it, and what it says when the server does not answer or Gradio has no word of its own.
    """
    say = PAGE[language]
    who = (f'<form class="who" method="post" action="/sign-out"><span>{escape(say["signed_in"].format(name=account.name))}</span> '
           f'<button type="submit" class="plain">{say["sign_out"]}</button></form>') if account else ""
    words = f'data-upload="{escape(say["choose_files"])}" data-lost="{escape(say["lost"])}" data-failed="{escape(say["failed"])}"'
    return f'<header class="brand" data-language="{language}" {words}><div><h1>{say["title"]}</h1><p>{say["tagline"]}</p></div>{who}</header>'
