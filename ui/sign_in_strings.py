"""The words of the sign-in page."""

from collections.abc import Mapping

SIGN_IN_WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {"title": "Aanmelden", "name": "Gebruikersnaam", "password": "Wachtwoord", "button": "Aanmelden", "switch": "In English",
           "outside": "Aanmelden met uw organisatie", "wrong": "Deze naam en dit wachtwoord horen niet bij elkaar.",
           "wait": "Te vaak geprobeerd. Wacht {seconds} seconden."},
    "en": {"title": "Sign in", "name": "User name", "password": "Password", "button": "Sign in", "switch": "In het Nederlands",
           "outside": "Sign in with your organisation", "wrong": "This name and this password do not belong together.",
           "wait": "Tried too often. Wait {seconds} seconds."},
}
