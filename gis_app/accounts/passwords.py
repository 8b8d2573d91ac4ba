"""Passwords and other secrets: how they are made, checked and kept."""

import hashlib
import secrets
from functools import cache

from pwdlib import PasswordHash

from gis_app.errors import BadInput

LEAST_CHARACTERS = 10
_MOST_CHARACTERS = 200
# without those that look alike on paper
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@cache
def hasher() -> PasswordHash:
    """Argon2id, with the library's recommended cost."""
    return PasswordHash.recommended()


@cache
def nobody() -> str:
    """The hash of no password: verified where no account is found, so that it takes as long."""
    return hasher().hash(secrets.token_urlsafe(32))


def one_time() -> str:
    """A password to be told once and changed at the first sign-in: 79 random bits."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def digest(secret: str) -> str:
    """What is kept of a session's or token's secret: a plain digest does for 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check(name: str, password: str) -> None:
    """Raise `BadInput` for a password that is too easily guessed."""
    if not LEAST_CHARACTERS <= len(password) <= _MOST_CHARACTERS:
        raise BadInput(
            f"密码应为 {LEAST_CHARACTERS}–{_MOST_CHARACTERS} 个字符。",
            f"A password has {LEAST_CHARACTERS} to {_MOST_CHARACTERS} characters.",
        )
    if name.lower() in password.lower() or len(set(password)) < 5:
        raise BadInput(
            "密码不能包含用户名，且至少用 5 个不同的字符。",
            "A password does not contain the account's name, and has 5 different characters.",
        )
