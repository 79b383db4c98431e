#!/usr/bin/env python3
"""Makes the dictionaries of the event coder from those of PETRARCH-2 (MIT licence).

  convert.py FOLDER_OF_PETRARCH_DICTIONARIES OUT

FOLDER holds CAMEO.2.0.txt, Phoenix.agents.txt, Phoenix.Countries.actors.txt, Phoenix.International.actors.txt and
Phoenix.MilNonState.actors.txt. Written are verbs.txt and agents.txt, in the format they came in but without comments
and duplicates, and actors.tsv: one name a line in the order of its bytes, lower case, words apart by one space; then a
tab and its codes, each with the days it holds for (`<`, `>`, or from-to; eight digits) where the source gives them.

Left out: the codes of verbs without a pattern, which the blocks' synonyms share; patterns of nothing but a preposition; companies (MNC), whose names are everyday words, and names of one letter. A pattern keeps the verb
that it was written for (`@VERB`), which the source has as a comment: patterns of a block were merged from many verbs.
"""
import re
import sys
from pathlib import Path

ACTORS = ["Phoenix.Countries.actors.txt", "Phoenix.International.actors.txt", "Phoenix.MilNonState.actors.txt"]


def read(path):
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


def is_lone_preposition(pattern):
    """`* (AT)` says too little about what is done there; who stands after "with" or "against" is on the other side."""
    found = re.fullmatch(r"- \* \((\w+)\) \[.*", pattern)
    return found and found.group(1) not in ("WITH", "AGAINST")


def verbs(lines):
    out, seen = [], set()
    for line in lines:
        body, _, comment = line.partition("#")
        body = squeeze(body)
        if not body.startswith("- "):
            # A verb alone is no event, unless certain.txt says so: most of these came from lists of synonyms.
            body = squeeze(re.sub(r"\[.*?\]", "[---]" if body.startswith("---") else "", body))
        if is_lone_preposition(body):
            continue
        if not body or body.startswith("~"):
            continue
        if body.startswith("---"):
            seen = set()
        if body.startswith("- "):
            origin = re.match(r"\s*([A-Z_']+)\s*$", comment.split("<")[0])
            pattern = body.replace("[", " [")
            body = squeeze(pattern + (f" @{origin.group(1)}" if origin else ""))
            if body in seen:
                continue
            seen.add(body)
        out.append(body)
    return out


def agents(lines):
    # A deputy is mostly a deputy minister, and not a policeman.
    bodies = (squeeze(line.partition("#")[0]) for line in lines if not line.startswith("DEPUTY "))
    return list(dict.fromkeys(body for body in bodies if "[" in body or body.startswith("!")))


def words(name):
    name = name.lower().replace("_", " ").replace(".", "")
    name = re.sub(r"\(.*?\)", " ", name)
    name = re.sub(r"'s\b", " 's", name)
    name = squeeze(name)
    return name.removeprefix("the ")


def day(text):
    text = re.sub(r"\D", "", text)
    if len(text) == 6:
        text = ("19" if int(text[:2]) > 30 else "20") + text
    return text if len(text) == 8 else None


def roles(text):
    """`[USAGOV 930120-010120] [ELI]` as `USAGOV:19930120-20010120 ELI`; days that cannot be read are left out."""
    out = []
    for entry in re.findall(r"\[(.*?)\]", text):
        code, _, when = squeeze(entry).partition(" ")
        if not re.fullmatch(r"[A-Z]{3,}", code):
            continue
        when = when.replace(" ", "")
        if not when:
            out.append(code)
        elif when[0] in "<>" and day(when[1:]):
            out.append(f"{code}:{when[0]}{day(when[1:])}")
        elif "-" in when and all(map(day, when.split("-", 1))):
            first, last = map(day, when.split("-", 1))
            out.append(f"{code}:{first}-{last}")
    return list(dict.fromkeys(out))


def actors(folder):
    table = {}

    def keep(names, found):
        if not found or any(role.startswith("MNC") for role in found):
            return
        for name in names:
            key = words(name)
            if len(key) > 1 and re.fullmatch(r"[\w' &-]+", key):
                table.setdefault(key, found)

    for file in ACTORS:
        names, found = [], []
        for line in read(folder / file):
            body = line.partition("#")[0].strip()
            if not body or body.startswith("<"):
                continue
            head, bracket, rest = body.partition("[")
            name = head.strip()
            if name and not name.startswith("+"):
                keep(names, found)
                names, found = [], []
            if name:
                names.append(name.lstrip("+"))
            found += roles(bracket + rest)
        keep(names, found)
    return sorted(f"{key}\t{' '.join(found)}" for key, found in table.items())


def main():
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for name, lines in [
        ("verbs.txt", verbs(read(folder / "CAMEO.2.0.txt"))),
        ("agents.txt", agents(read(folder / "Phoenix.agents.txt"))),
        ("actors.tsv", sorted(actors(folder), key=lambda line: line.split("\t")[0].encode())),
    ]:
        (out / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
