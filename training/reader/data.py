"""Reads the open sets into one form: documents of sentences of words, with the labels that each set has.

A label that a set does not give is None and costs nothing in training. A name label is a set of allowed labels, so that
a set that does not mark documents, say, does not teach that documents are no names.
"""
import collections, dataclasses, hashlib, json, pathlib, random, re

NAME_TYPES = ["person", "organisation", "place", "event", "document", "military"]
NAMES = ["O"] + [f"{b}-{t}" for t in NAME_TYPES for b in "BI"]
SPEECH = ["O", "B", "I"]
O_ONLY = frozenset(["O"])


@dataclasses.dataclass
class Word:
    form: str
    start: int = -1                 # code point offset in the document, where known
    opens_paragraph: bool = False
    xpos: str = None
    upos: str = None
    head: int = None                # 0 root, else 1-based in the sentence
    rel: str = None
    names: frozenset = None         # allowed labels
    cue: str = None
    source: str = None
    content: str = None
    glued: bool = False             # no space follows
    vector: int = None              # on a sentence's first word: row of the teacher's sentence vectors


def allowed(prefix, types, outside=False):
    return frozenset([f"{prefix}-{t}" for t in types] + (["O"] if outside or not types else []))


# --- CoNLL-U -------------------------------------------------------------------------------------------------

def conllu(path, left_out=()):
    """{document id: [sentence]}"""
    docs, doc, words, opens = collections.OrderedDict(), None, [], True
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            doc, opens = line.split("=")[-1].strip(), True
        elif line.startswith("# newpar"):
            opens = True
        elif not line:
            if words and doc not in left_out: docs.setdefault(doc, []).append(words)
            words = []
        elif line[0] != "#":
            f = line.split("\t")
            if f[0].isdigit():
                words.append(Word(f[1], -1, opens, f[4], f[3], int(f[6]), f[7].split(":")[0] if f[7] in RARE else f[7]))
                words[-1].glued = "SpaceAfter=No" in f[9]
                opens = False
    return docs


RARE = set()


def joined(sentence, hyphens):
    """The sentence with hyphenated words made one, as the program cuts them. `hyphens` says whether to."""
    if not hyphens: return sentence
    groups, i = [], 0
    while i < len(sentence):
        j = i
        while (j + 2 < len(sentence) and sentence[j + 1].xpos == "HYPH" and sentence[j].glued and sentence[j + 1].glued
               and sentence[i].form[0].isalpha()):
            j += 2
        group = list(range(i, j + 1))
        tops = [k for k in group if not (i < sentence[k].head <= j + 1)]
        # A group with two heads outside is no word of the tree.
        if len(group) > 1 and len(tops) == 1: groups.append((group, tops[0]))
        else: groups += [([k], k) for k in group]
        i = j + 1
    new = {k + 1: n + 1 for n, (group, _) in enumerate(groups) for k in group}
    out = []
    for group, top in groups:
        w = sentence[top]
        last = sentence[group[-1]]
        merged = dataclasses.replace(w, form="".join(sentence[k].form for k in group), start=sentence[group[0]].start,
                                     opens_paragraph=sentence[group[0]].opens_paragraph,
                                     head=new.get(w.head, 0), xpos=last.xpos if len(group) > 1 else w.xpos)
        if len(group) > 1:
            merged.names, merged.cue = sentence[group[0]].names, sentence[group[0]].cue
            merged.source, merged.content = sentence[group[0]].source, sentence[group[0]].content
            if merged.rel == "amod" or merged.rel == "compound":
                merged.xpos, merged.upos = "JJ", "ADJ"
        merged.glued = last.glued
        out.append(merged)
    return out


def place_words(docs, texts):
    """Gives each word of CoNLL-U its offset in the document's text; returns the documents where all were found."""
    good = {}
    for doc, sentences in docs.items():
        text, at, ok = texts.get(doc), 0, True
        if text is None: continue
        for sentence in sentences:
            for w in sentence:
                found = text.find(w.form, at, at + 400 + len(w.form))
                if found < 0:
                    ok = False
                    break
                w.start, at = found, found + len(w.form)
        if ok: good[doc] = sentences
    return good


# --- plain text ----------------------------------------------------------------------------------------------

TOKEN = re.compile(r"""n[’']t\b|[’'](?:s|re|ve|ll|d|m)\b|(?:[A-Za-z]\.){2,}|[A-Z]\.|(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Col|Lt|Jr|Sr)\.
  |\d[\w]*(?:[.,:]\d[\w]*)*|[^\W\d_](?:(?!n[’']t\b)[^\W_]|[-&_@](?=\w)|[’'](?!(?:s|re|ve|ll|d|m)\b)(?=[^\W\d_]))*|``|''|\.+|\S""", re.X)
STOP = re.compile(r"[.!?]")


def words_of(text):
    """Sentences of words with offsets; the same cuts as tokens.rs in all but rare cases."""
    out = []
    for par in re.finditer(r"[^\n]+", text):
        sentence, opens = [], True
        tokens = list(TOKEN.finditer(par.group()))
        for n, m in enumerate(tokens):
            sentence.append(Word(m.group(), par.start() + m.start(), opens))
            opens = False
            nxt = tokens[n + 1].group() if n + 1 < len(tokens) else ""
            closes = m.group() in '”"\'’' and n and tokens[n - 1].group() in ".!?"
            if (m.group() in (".", "!", "?") and nxt not in ("”", '"', "'", "’", "''") or closes) and (nxt[:1].isupper() or nxt[:1] in '“"\'‘'):
                out.append(sentence)
                sentence = []
        if sentence: out.append(sentence)
    return out


def mark(sentences, field, spans, label=""):
    """Writes BIO of `spans` (code point pairs) into `field`; words outside keep what they have."""
    for start, end in spans:
        first = True
        for sentence in sentences:
            for w in sentence:
                if w.start < end and w.start + len(w.form) > start:
                    setattr(w, field, ("B" if first else "I") + label)
                    first = False


def unmark(sentences, field, start, end):
    for sentence in sentences:
        for w in sentence:
            if start <= w.start < end: setattr(w, field, None)


# --- names ---------------------------------------------------------------------------------------------------

CROSSNER = {"politician": ["person"], "person": ["person"], "organisation": ["organisation"], "politicalparty": ["organisation"],
            "country": ["place"], "location": ["place"], "election": ["event"], "event": ["event"]}
WIKIGOLD = {"PER": ["person"], "ORG": ["organisation"], "LOC": ["place"]}
RE3D = {"Person": ["person"], "Organisation": ["organisation"], "Location": ["place"], "DocumentReference": ["document"],
        "Weapon": ["military"], "MilitaryPlatform": ["military"]}
OTHER = ["event", "document", "military"]      # what a MISC label may hide


def bio_rows(path, types, misc, named_only=False):
    """One document a row (or a document id), from token and tag lists."""
    docs = collections.OrderedDict()
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        sentence = []
        for form, tag in zip(row["tokens"], row["tags"]):
            kind = tag[2:]
            if tag == "O" or (kind not in types and kind not in misc): names = O_ONLY
            elif kind in types: names = allowed(tag[0], types[kind])
            else: names = allowed(tag[0], OTHER, outside=True)
            sentence.append(Word(form, names=names))
        if not sentence: continue
        if named_only: keep_names(sentence)
        sentence[0].opens_paragraph = True
        docs.setdefault(row.get("doc", row["id"]), []).append(sentence)
    return docs


def keep_names(sentence):
    """Where a set marks "the government" as an organisation, that span is left open: neither a name nor none."""
    i = 0
    while i < len(sentence):
        j = i + 1
        if any(l.startswith("B-") for l in sentence[i].names):
            while j < len(sentence) and any(l.startswith("I-") for l in sentence[j].names): j += 1
            caps = [w.form[:1].isupper() or w.form.isdigit() for w in sentence[i:j]]
            if not (caps[0] and caps[-1]):
                for w in sentence[i:j]: w.names = None
        i = j


GUM = {"person": ["person"], "organization": ["organisation"], "place": ["place"], "event": ["event"]}
LINK = {"of", "the", "and", "for", "de", "la", "al", "van", "von", "&", "'s", "’s", "-", "in", "on"}


def gum_names(sentences, entities):
    """GUM marks whole phrases; the name is the run of proper nouns and its links that ends with the phrase's last one."""
    for s in sentences:
        for w in s: w.names = O_ONLY if w.xpos not in ("NNP", "NNPS") else None
    named = sorted((e for e in entities if e["named"]), key=lambda e: e["start"] - e["end"])
    for e in named:
        types = GUM.get(e["type"])
        for s in sentences:
            inside = [w for w in s if e["start"] <= w.start < e["end"]]
            run = name_run(inside, e["type"] == "person")
            # The outermost name stands: the country in "Party of X" is a part of the party's name.
            if not run or any(w.names and w.names != O_ONLY for w in run): continue
            if types == ["person"]:
                for w in inside:
                    if w.form in TITLES and w not in run: w.names = O_ONLY
            for n, w in enumerate(run):
                b = "B" if n == 0 else "I"
                w.names = allowed(b, types) if types else allowed(b, OTHER, outside=True)
            break


TITLES = set("""President Vice Prime Minister General Professor Prof. Madam Madame Mr. Mrs. Ms. Dr. Doctor Senator Sen. Congresswoman Congressman Representative
Mayor Governor Gov. Captain Colonel Lieutenant Sergeant Major Admiral Sir Lord Lady King Queen Prince Princess Pope Bishop Archbishop Judge Justice Chancellor
Secretary Ambassador Chairman Director Coach Sheikh Reverend Rev. Uncle Aunt Miss Mister""".split())


def name_run(words, person=False):
    """The first run of proper nouns, links inside it kept; a person's without the titles before it."""
    proper = [w.xpos in ("NNP", "NNPS") for w in words]
    if person and proper.count(True) > 1:
        for i, w in enumerate(words):
            if proper[i] and w.form not in TITLES: break
            proper[i] = False
        if True not in proper: return []
    if True not in proper: return []
    i = proper.index(True)
    j = i + 1
    while j < len(words):
        if proper[j]: j += 1
        elif words[j].form in LINK and True in proper[j:j + 3]: j = j + proper[j:j + 3].index(True) + 1
        else: break
    return words[i:j]


MEANTIME = {"PER": ["person"], "ORG": ["organisation"], "LOC": ["place"]}


def meantime_names(path):
    """The headline and sentences 2 to 5 of each article; the rest of it has no labels."""
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        sentences = words_of(row["text"])
        for s in sentences:
            for w in s:
                if any(a <= w.start < b for a, b in row["annotated"]): w.names = O_ONLY
        named = sorted((e for e in row["entities"] if e["named"]), key=lambda e: e["start"] - e["end"])
        for e in named:
            types, first = MEANTIME.get(e["type"]), True
            run = [w for s in sentences for w in s if w.start < e["end"] and w.start + len(w.form) > e["start"] and w.names is not None]
            if any(w.names != O_ONLY for w in run): continue
            for w in run:
                prefix = "B" if first else "I"
                w.names = allowed(prefix, types) if types else allowed(prefix, OTHER, outside=True)
                first = False
        yield [s for s in sentences if any(w.names for w in s)]


# --- sets ----------------------------------------------------------------------------------------------------

def load(root, split="train", left_out=()):
    """[(set name, [sentences of one document])]"""
    root = pathlib.Path(root)
    out = []
    out += [("ewt", d) for d in conllu(root / f"ud_english_ewt/en_ewt-ud-{split}.conllu").values()]
    gum = conllu(root / f"gum_open/conllu/gum_open-{split}.conllu", left_out)
    rows = {r["id"]: r for r in map(json.loads, open(root / f"gum_open/entities/{split}.jsonl", encoding="utf-8"))}
    quotes = {r["id"]: r["quotes"] for r in map(json.loads, open(root / f"gum_open/quotes/{split}.jsonl", encoding="utf-8"))}
    placed = place_words(gum, {k: r["text"] for k, r in rows.items()})
    for doc, sentences in gum.items():
        if doc in placed:
            gum_names(sentences, rows[doc]["entities"])
            if rows[doc]["genre"] in ("news", "interview", "bio"): gum_speech(sentences, quotes.get(doc, []))
        out.append(("gum", sentences))
    out += [("crossner", d) for d in bio_rows(root / f"crossner_politics/{split}.jsonl", CROSSNER, {"misc"}).values()]
    out += [("wikigold", d) for d in bio_rows(root / f"wikigold/{split}.jsonl", WIKIGOLD, {"MISC"}).values()]
    out += [("meantime", d) for d in meantime_names(root / f"meantime/entities/{split}.jsonl")]
    out += [("re3d", d) for d in bio_rows(root / f"re3d_open/{split}.jsonl", RE3D, set(), named_only=True).values()]
    return out


def gum_speech(sentences, quotes):
    """GUM's attributions; a direct one is cut at its first sentence there, so what follows it is left open."""
    for s in sentences:
        for w in s: w.cue = w.source = w.content = "O"
    for q in quotes:
        if not q["cue"] or not q["content"]: continue
        end = max(e for _, e in q["content"])
        if q["type"] != "indirect": unmark(sentences, "content", end, end + 400)
    for q in quotes:
        if q["cue"] and q["content"]: speech(sentences, q["cue"], q["source"], q["content"])


def speech(sentences, cue, source, content):
    mark(sentences, "cue", cue)
    mark(sentences, "source", source)
    mark(sentences, "content", content)


def quotations(paths):
    """Whole articles with every quotation, from rows of the gold's form."""
    for path in paths:
        for line in open(path, encoding="utf-8"):
            row = json.loads(line)
            sentences = words_of(row["text"])
            for s in sentences:
                for w in s: w.cue = w.source = w.content = "O"
            # Longest first, so that an outer quotation does not wipe out an inner one's source and cue.
            for q in sorted(row["quotations"], key=lambda q: -sum(e - s for s, e in q["content"])):
                spans = [p for p in q["content"] if not inside(sentences, p)]
                speech(sentences, [q["cue"]] if q["cue"] else [], [q["source"]] if q["source"] else [], spans)
            yield row["id"], sentences


def inside(sentences, span):
    """Whether the span lies in content that is marked already."""
    words = [w for s in sentences for w in s if span[0] <= w.start < span[1]]
    return bool(words) and all(w.content != "O" for w in words)


def digest(paths):
    """SHA-256 of each data file, for the card."""
    return {str(p): hashlib.sha256(pathlib.Path(p).read_bytes()).hexdigest() for p in paths}
