"""Where sentences begin and end in Dutch and English policy and legal prose.

Rules instead of a general library: pysbd took 40 times as long and broke at "art.", "Kamerstukken II 2023/24, 28 638,
nr. 1" and after list marks; offsets must cover the text exactly.
"""

import re

_ABBREVIATIONS = frozenset(
    ["art", "artt", "lid", "nr", "nrs", "no", "blz", "pag", "p", "pp", "par", "hfst", "bijl", "jo", "juncto", "jo.", "resp", "bijv", "bv", "o.a", "m.n", "d.w.z", "d.m.v", "i.v.m", "m.b.t", "t.a.v", "t.b.v", "t.o.v", "t.z.t", "i.c", "i.p.v", "z.s.m", "a.d.h.v", "n.a.v", "m.u.v", "e.d", "e.a", "e.v", "d.d", "dd", "mr", "mrs", "dr", "drs", "ir", "ing", "prof", "ds", "jhr", "st", "sr", "wvsr", "sv", "stb", "stcrt", "trb", "pb", "vgl", "zgn", "incl", "excl", "ca", "circa", "evt", "max", "min", "gem", "aant", "vb", "hr", "hrs", "mevr", "dhr", "ms", "jr", "sen", "ltd", "inc", "vs", "etc", "i.e", "e.g", "cf", "fig", "al", "ed", "eds", "vol", "rb", "hof", "nj", "lj", "jl", "afd", "dir", "jan", "feb", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "okt", "nov", "dec", "m.i.v", "o.b.v", "b.v", "n.v", "i.h.b", "i.h.k.v", "o.g.v", "t.n.v", "t/m", "u.s", "u.k", "c.q", "a.o", "viz", "approx", "dept", "gov", "para", "paras", "sec", "ecli", "eg", "eu"])
_END = re.compile(r"(?P<mark>[.!?…]+|;(?=\s*(?:[a-z]|\d+|[ivx]+)[.)°º]\s)|[.!?:;](?=\s+[*•–-]\s))(?P<close>[\"”’»)\]]*)(?P<gap>\s+)")
_OPENS = re.compile(r"[\"“‘«„(\[*•–\-\s]*(?:[A-ZÀ-ÞĲ]|\d|'[st]\b|’[st]\b|@|[*•–-]\s|[a-z][.)]\s|€)")
_LAST_WORD = re.compile(r"([^\s(\[\"“‘]+)$")
_ORDINAL = re.compile(r"^(?:\d{1,3}|[a-z]|[ivx]{1,4})$", re.I)


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> tuple[tuple[int, int], ...]:
    """Return half-open spans of the sentences in `text[start:end]`, in order, without the white space between them."""
    last = len(text) if end is None else end
    spans, begin = [], start
    for match in _END.finditer(text, start, last):
        stop = match.end("close")
        if _breaks(text, begin, match, last):
            spans.append((begin, stop))
            begin = match.end()
    spans.append((begin, last))
    return tuple(trimmed for span in spans if (trimmed := _trim(text, *span))[0] < trimmed[1])


def _breaks(text: str, begin: int, match: re.Match[str], last: int) -> bool:
    """Say whether a mark with white space behind it ends a sentence."""
    mark, after = match["mark"], text[match.end():min(last, match.end() + 12)]
    if not after or not _OPENS.match(after):
        return False
    if mark[0] in ";:" or mark[0] in "!?…" or len(mark) > 1:
        return True
    word = _LAST_WORD.search(text, begin, match.start())
    before = word[1] if word else ""
    bare = before.casefold().rstrip(".")
    if bare in _ABBREVIATIONS or (len(bare) == 1 and bare.isalpha() and before != "I"):
        return False
    if "." in before and re.fullmatch(r"(?:[a-zà-ÿ]{1,3}\.)+[a-zà-ÿ]{1,3}", before, re.I):
        return False
    if _ORDINAL.match(before) and word is not None and word.start() == begin:
        return False  # the number of an item or a heading: "1. Inleiding"
    return not (before.isdigit() and after[:1].isdigit() and not re.match(r"\d+[.)]\s", after))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
