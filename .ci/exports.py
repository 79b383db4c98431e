"""Opens what `onrecord export` and `onrecord brief` write with the tools of its own world, and counts: nothing of the tables may be
missing.

    exports.py PROGRAM SAMPLE FOLDER

reads the articles of SAMPLE, and one that means harm, into a record in FOLDER, writes every export of it there and checks
it. A new export gets one function under `@opens("format")`: it takes the
folder that the export was written to and the tables (name to list of rows, as JSON Lines hold them), and raises if
something is missing; for a format of the brief, under `@opens("format", "brief")`. What needs a tool that is not in `requirements.txt` does
not belong here, LibreOffice apart, which prints the document where it is installed.
"""

import csv
import html
import json
import re
import shutil
import subprocess
import sys
import traceback
import warnings
from collections import Counter
from pathlib import Path

CHECKS = {}
# As the program writes them; a field of a spreadsheet may not pass the limits of the module either.
csv.field_size_limit(sys.maxsize)


def opens(form, command="export"):
    def register(check):
        CHECKS[form] = (command, check)
        return check

    return register


def same(what, found, expected):
    if found != expected:
        raise AssertionError(f"{what}: {str(found)[:300]} where {str(expected)[:300]} is expected")


def read_tables(folder):
    tables = {}
    for path in sorted(folder.glob("*.jsonl")):
        # Not splitlines(): texts hold separators that JSON need not escape.
        lines = path.read_text(encoding="utf-8").split("\n")
        tables[path.stem] = [json.loads(line) for line in lines if line]
    return tables


def flat(row, prefix=""):
    """A row as the columns of a table: dotted names, nothing for null, lists as they are."""
    columns = {}
    for name, value in row.items():
        if isinstance(value, dict):
            columns.update(flat(value, f"{prefix}{name}."))
        elif value is not None:
            columns[prefix + name] = value
    return columns


def accounts(tables):
    return [account for statement in tables["statements"] for account in statement["accounts"]]


def hostile():
    """An article that no format may change: formulas, markup, escapes, what XML cannot hold, more than a cell of a sheet."""
    said = "“The pump of Orle is broken, and nobody mends it,” said Ilse Hardwick on Monday.\n"
    marks = "=1+1 @SUM(A1) _x0041_ \x07 \ufffe <b>& ]]> \\end{x} % \u202e 💧\n"
    more = "".join(f"The pump of Orle ran on day {day} and stood still on the next. 💧\n" for day in range(1, 900))
    return {"id": "hostile", "headline": '=HYPERLINK("http://bad.example";"x")', "outlet": "+Orle & <Post>",
            "published": "2025-11-20", "byline": "Ann O'Lie & Co, Per {Vik} 50%", "url": "https://bad.example/a_b?x=1&y=%7B2%7D#c~d", "text": said + marks + more, "clean": True}


@opens("csv")
def opens_csv(folder, tables):
    def plain(value):
        if isinstance(value, str):
            return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
        return value

    for name, rows in tables.items():
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            read = [{k: v for k, v in row.items() if v != ""} for row in csv.DictReader(file)]
        same(f"rows of {name}", len(read), len(rows))
        for cells, row in zip(read, rows):
            expected = {name: plain(value) for name, value in flat(row).items() if value != ""}
            same(f"columns of {name}", set(cells), set(expected))
            for column, value in expected.items():
                cell = cells[column] if isinstance(value, str) else json.loads(cells[column])
                same(f"{name}.{column}", cell, value)


@opens("xlsx")
def opens_xlsx(folder, tables):
    import openpyxl
    from openpyxl.utils.escape import unescape

    mark = " … (goes on in the sheet “continued”)"
    book = openpyxl.load_workbook(folder / "record.xlsx")
    continued = {}
    for sheet, row, column, _, text in list(book["continued"].values)[1:]:
        continued[sheet, row, column] = continued.get((sheet, row, column), "") + unescape(text)
    same("texts that go on", bool(continued), True)
    for name, rows in tables.items():
        sheet = book[name]
        if rows:
            same(f"frozen rows of {name}", sheet.freeze_panes, "A2")
        header, *read = list(sheet.iter_rows()) or [()]
        same(f"rows of {name}", len(read), len(rows))
        for number, (cells, row) in enumerate(zip(read, rows), 2):
            found = {}
            for title, cell in zip(header, cells):
                if cell.value is not None:
                    same(f"formulas in {name}", cell.data_type in "snb", True)
                    text = unescape(cell.value) if isinstance(cell.value, str) else cell.value
                    if (name, number, title.value) in continued:
                        text = text.removesuffix(mark) + continued.pop((name, number, title.value))
                    found[title.value] = text
            expected = {column: value for column, value in flat(row).items() if value != ""}
            same(f"columns of {name}", set(found), set(expected))
            for column, value in expected.items():
                cell = json.loads(found[column]) if isinstance(value, list) else found[column]
                same(f"{name}.{column}", cell, value)
    same("texts that go on from nowhere", continued, {})


@opens("datasette")
def opens_datasette(folder, tables):
    import sqlite_utils

    database = sqlite_utils.Database(folder / "record.db")
    same("broken references", list(database.query("PRAGMA foreign_key_check")), [])
    same("integrity", list(database.query("PRAGMA integrity_check")), [{"integrity_check": "ok"}])
    about = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["databases"]["record"]["tables"]
    for name, rows in tables.items():
        table = database[name]
        same(f"columns of {name} without words about them", [c.name for c in table.columns if not about[name]["columns"][c.name]], [])
        read = list(database.query(f'select * from "{name}" order by rowid'))
        same(f"rows of {name}", len(read), len(rows))
        for cells, row in zip(read, rows):
            found = {column: value for column, value in cells.items() if value is not None and (name, column) != ("statements", "words")}
            expected = {column.replace(".", "_"): value for column, value in flat(row).items()}
            same(f"columns of {name}", set(found), set(expected))
            for column, value in expected.items():
                cell = json.loads(found[column]) if isinstance(value, list) else found[column]
                same(f"{name}.{column}", cell, value)
    same("the index of statements", database["statements"].detect_fts(), "statements_fts")
    statement = next(row for row in tables["statements"] if "pump of Orle" in json.dumps(row["accounts"]))
    hits = [row["statement"] for row in database["statements"].search('"the pump of Orle"')]
    same("statements found by their words", statement["statement"] in hits, True)
    # Datasette itself: its own counts, and a page of a table with the words about its columns.
    inspect = [sys.executable, "-m", "datasette", "inspect", "record.db"]
    counts = json.loads(subprocess.run(inspect, cwd=folder, check=True, capture_output=True).stdout)["record"]["tables"]
    same("rows that Datasette counts", {name: counts[name]["count"] for name in tables}, {k: len(v) for k, v in tables.items()})
    get = [sys.executable, "-m", "datasette", "record.db", "--metadata", "metadata.json", "--get", "/record/statements"]
    page = subprocess.run(get, cwd=folder, check=True, capture_output=True, text=True).stdout
    same("the words about a column on its page", about["statements"]["columns"]["words"] in page, True)


@opens("parquet")
def opens_parquet(folder, tables):
    import pyarrow
    import pyarrow.parquet

    for name, rows in tables.items():
        table = pyarrow.parquet.read_table(folder / f"{name}.parquet")
        plain = {pyarrow.int64(), pyarrow.float64(), pyarrow.string()}
        same(f"types of {name}", set(table.schema.types) - plain, set())
        read = table.to_pylist()
        same(f"rows of {name}", len(read), len(rows))
        for cells, row in zip(read, rows):
            found = {column: value for column, value in cells.items() if value is not None}
            expected = {column.replace(".", "_"): value for column, value in flat(row).items()}
            same(f"columns of {name}", set(found), set(expected))
            for column, value in expected.items():
                cell = json.loads(found[column]) if isinstance(value, list) else found[column]
                same(f"{name}.{column}", cell, value)


def cited(tables):
    """What is cited, by its key: the row of its article, with the statement and the account where it is of words in it."""
    articles = {row["article"]: row for row in tables["articles"]}
    out = {f"article-{article}": (row, None, None) for article, row in articles.items()}
    for statement in tables["statements"]:
        for account in statement["accounts"]:
            out[f"account-{account['account']}"] = (articles[account["article"]], statement, account)
    return out


def day(row):
    """The day of publication as numbers; no format of citations holds the time of day."""
    return [int(part) for part in row["published"][:10].split("-")] if row["published"] else None


def authors(row):
    return [name for name in (row["byline"] or "").split(", ") if name]


def words_told(statement, account):
    """The line for people: who, and the words, in marks where they are quoted."""
    marked = [f"“{part['text']}”" if part["kind"] == "direct" else part["text"] for part in account["parts"]]
    return f"{(statement['speaker'] or {}).get('name') or 'unknown'}: {' … '.join(marked)}"


@opens("csl")
def opens_csl(folder, tables):
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    items = json.loads((folder / "citations.json").read_text(encoding="utf-8"))
    expected = cited(tables)
    same("keys", sorted(item["id"] for item in items), sorted(expected))
    # Fields that the tool has no name for (`custom`) it only warns of.
    warnings.simplefilter("ignore")
    read = CiteProcJSON(items)
    works = CitationStylesBibliography(CitationStylesStyle("harvard-cite-them-right", validate=False), read, formatter.plain)
    for item in items:
        works.register(Citation([CitationItem(item["id"])]))
    printed = [str(entry) for entry in works.bibliography()]
    same("printed entries", len(printed), len(items))
    for item, entry in zip(items, printed):
        row, statement, account = expected[item["id"]]
        found = csl_as_read(read[item["id"]])
        fields = {"title": row["headline"], "container_title": row["outlet"], "url": row["url"], "language": row["language"],
                  "author": authors(row), "issued": day(row), "annote": words_told(statement, account) if account else None}
        same(f"what {item['id']} is read as", found, {"type": "article-newspaper", **fields})
        custom = {"article": row["article"], "text_hash": row["text_hash"]}
        if account:
            name = (statement["speaker"] or {}).get("name")
            parts = [{key: part[key] for key in ("start", "end", "text")} for part in account["parts"]]
            custom |= {"statement": statement["statement"], "speaker": name, "parts": parts}
        known = item["custom"] | ({"parts": [{key: part[key] for key in ("start", "end", "text")} for part in item["custom"]["parts"]]} if account else {})
        same(f"what {item['id']} has besides", known, custom)
        for what in [*authors(row), row["outlet"], row["url"], row["published"] and str(day(row)[0])]:
            same(f"{what!r} in the printed entry {entry!r}", html.escape(what or "", quote=False) in entry or (what or "") in entry, True)


def csl_as_read(reference):
    """The fields as the processor holds them."""
    found = {}
    for field in ("type", "title", "container_title", "url", "language", "annote"):
        value = reference.get({"url": "URL"}.get(field, field))
        found[field] = "".join(map(str, value)) if isinstance(value, list) else value
    found["author"] = [name["literal"] for name in reference.get("author", [])]
    issued = reference.get("issued")
    found["issued"] = issued and [issued[part] for part in ("year", "month", "day")]
    return found


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@opens("bibtex")
def opens_bibtex(folder, tables):
    import bibtexparser

    library = bibtexparser.parse_file(str(folder / "citations.bib"))
    same("blocks that cannot be read", library.failed_blocks, [])
    expected = cited(tables)
    same("keys", sorted(entry.key for entry in library.entries), sorted(expected))
    for entry in library.entries:
        row, statement, account = expected[entry.key]
        found = {field.key: str(field.value) for field in entry.fields}
        date = day(row) or [None, None, None]
        fields = {"title": row["headline"], "journal": row["outlet"], "url": row["url"], "language": row["language"],
                  "author": " and ".join(f"{{{name}}}" for name in authors(row)) or None, "year": date[0],
                  "month": date[1] and MONTHS[date[1] - 1], "day": date[2], "annote": words_told(statement, account) if account else None}
        fields = {name: str(value) for name, value in fields.items() if value is not None}
        same(f"fields of {entry.key}", set(found), set(fields))
        for name, value in fields.items():
            read = found[name] if name == "url" else from_latex(found[name])
            same(f"{name} of {entry.key}", read.removeprefix("{").removesuffix("}") if name == "title" else read, value)
        same(f"kind of {entry.key}", entry.entry_type, "article" if row["outlet"] else "misc")


def from_latex(text):
    """The text that LaTeX prints."""
    named = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^"}
    return re.sub(r"\{\\(text[a-z]+)\}|\\([$&#_%])", lambda found: named[found[1]] if found[1] else found[2], text)


@opens("graphml")
def opens_graphml(folder, tables):
    import networkx

    graph = networkx.read_graphml(folder / "speakers.graphml", force_multigraph=True)
    statements = sum(node.get("statements", 0) for _, node in graph.nodes(data=True))
    same("statements of all speakers", statements, len(tables["statements"]))
    edges = [edge for _, _, edge in graph.edges(data=True)]
    found = [(e["statement"], e["answers"], e["stance"], e["rule"], e["because"]) for e in edges if e["relation"] == "replies"]
    expected = [(r["from"], r["to"], r["stance"], r["because"]["rule"], r["because"]["note"]) for r in tables["replies"]]
    same("replies", sorted(found), sorted(expected))
    statements = {row["statement"]: row for row in tables["statements"]}
    same("days", [e.get("said_on") for e in edges], [statements[e["statement"]]["said_on"] for e in edges])
    speakers = {e["statement"]: graph.nodes[source]["label"] for source, _, e in graph.edges(data=True)}
    same("who speaks", speakers, {s: (statements[s]["speaker"] or {}).get("name") or "unknown" for s in speakers})
    entities = {row["entity"]: row for row in tables["entities"]}
    for node, about in graph.nodes(data=True):
        if node in entities:
            row = entities[node]
            found = about["label"], about["kind"], about.get("roles", "")
            same(f"what is known of {node}", found, (row["name"], row["kind"], "; ".join(row["roles"])))
    texts = {row["article"]: row["text"] for row in tables["articles"]}
    told = [e for e in edges if e["relation"] == "tells"]
    same("words that name whom", [texts[e["article"]][e["start"]:e["end"]] for e in told], [e["words"] for e in told])


@opens("plover")
def opens_plover(folder, tables):
    events = json.loads((folder / "plover.json").read_text(encoding="utf-8"))
    articles = {row["article"]: row for row in tables["articles"]}
    same("events", len(events), len(tables["events"]))
    for event, row in zip(events, tables["events"]):
        article = articles[row["article"]]
        actors = {part: [{"actorText": a["text"], "code": a["code"]} for a in row["actors"] if a["part"] == part] for part in ("source", "target")}
        place = {"article": row["article"], "text_hash": article["text_hash"], "start": row["start"], "end": row["end"], "text": row["text"]}
        expected = {"event": row["class"], "cameo": row["code"], "date": row["date"], "eventText": row["text"], "place": row["place"],
                    "negated": row["negated"], "hypothetical": row["hypothetical"], "because": row["because"], **actors,
                    "publicationDate": (article["published"] or "")[:10] or None, "language": article["language"],
                    "publication": article["outlet"], "url": article["url"], "textInfo": place}
        found = {name: event[name] for name in expected} | {"textInfo": {name: event["textInfo"][name] for name in place}}
        same(f"event {event['id']}", found, expected)


def expanded_whole(document, loader=None):
    """The expanded document; a term that the context does not know is an error, not silently gone."""
    from pyld import jsonld

    gone = Counter()
    options = {"documentLoader": loader} if loader else {}
    expanded = jsonld.expand(document, options, on_property_dropped=lambda name: gone.update([name]))
    same("terms that no context knows", dict(gone), {})
    return expanded


def types(flattened):
    return Counter(kind for node in flattened for kind in node.get("@type", []))


@opens("jsonld")
def opens_json_ld(folder, tables):
    from pyld import jsonld

    document = json.loads((folder / "record.jsonld").read_text(encoding="utf-8"))
    expanded = expanded_whole(document)
    found = types(jsonld.flatten(expanded))
    expected = {
        "https://schema.org/NewsArticle": len(tables["articles"]),
        "https://schema.org/Quotation": len(accounts(tables)),
        "urn:x-onrecord:terms:Statement": len(tables["statements"]),
        "urn:x-onrecord:terms:Difference": len(tables["differences"]),
        "urn:x-onrecord:terms:Reply": len(tables["replies"]),
    }
    same("things", {name: found[name] for name in expected}, expected)
    # There and back by a processor, all stands as it was written; and what is written is what the tables hold.
    back = jsonld.compact(expanded, document["@context"])["@graph"]
    written = {node["@id"]: without_nothing(node) for node in document["@graph"]}
    same("nodes after a round trip", {node["@id"]: without_nothing(node) for node in back}, written)
    for name, fields in json_ld_of(tables):
        same(name, {field: written[name].get(field) for field in fields}, fields)


def without_nothing(value):
    """A value of JSON-LD: null says nothing, and one thing is the same as a list of it."""
    if isinstance(value, dict):
        return {name: without_nothing(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return without_nothing(value[0]) if len(value) == 1 else [without_nothing(inner) for inner in value]
    return value


def json_ld_of(tables):
    """What the tables hold of each thing, in the words of the document."""
    def urn(kind, name):
        return f"urn:x-onrecord:{kind}:{name}"

    for row in tables["articles"]:
        fields = {"headline": row["headline"], "creditText": row["byline"], "datePublished": row["published"], "url": row["url"],
                  "inLanguage": row["language"], "textHash": row["text_hash"], "pageHash": row["page_hash"]}
        yield urn("article", row["article"]), fields
    for row in tables["statements"]:
        place = row["place"] if isinstance(row["place"], str) or row["place"] is None else row["place"]["text"]
        yield urn("statement", row["statement"]), {"story": urn("story", row["story"]), "role": row["role"], "saidOn": row["said_on"],
                                                   "place": place, "because": row["because"]}
        for account in row["accounts"]:
            parts = [{("marked" if name == "kind" else name): value for name, value in part.items()} for part in account["parts"]]
            fields = {"text": " … ".join(part["text"] for part in account["parts"]), "isPartOf": urn("article", account["article"]),
                      "statement": urn("statement", row["statement"]), "primary": account["primary"], "parts": without_nothing(parts)}
            yield urn("account", account["account"]), fields
    for row in tables["differences"]:
        between = [{"article": urn("article", side["article"]), **(side["span"] or {})} for side in row["between"]]
        yield urn("difference", row["difference"]), {"kind": row["kind"], "subject": row["subject"], "between": without_nothing(between),
                                                     "statement": row["statement"] and urn("statement", row["statement"]), "because": row["because"]}
    for row in tables["replies"]:
        yield f"{urn('reply', row['from'])}:{row['to']}", {"from": urn("statement", row["from"]), "to": urn("statement", row["to"]),
                                                           "stance": row["stance"], "because": row["because"]}


def annotation_context(url, _options):
    """The terms of the Web Annotation vocabulary that the export uses, so that nothing is asked of a network."""
    same("context", url, "http://www.w3.org/ns/anno.jsonld")
    oa, rdf = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    activity = "http://www.w3.org/ns/activitystreams#"
    terms = {"id": "@id", "type": "@type", "value": f"{rdf}value"}
    for name in ("Annotation", "TextualBody", "TextPositionSelector", "TextQuoteSelector", "exact", "prefix", "suffix",
                 "start", "end", "identifying", "classifying"):
        terms[name] = oa + name
    for name, term in (("body", "hasBody"), ("target", "hasTarget"), ("source", "hasSource"), ("selector", "hasSelector")):
        terms[name] = {"@id": oa + term, "@type": "@id"}
    for name, term in (("motivation", "motivatedBy"), ("purpose", "hasPurpose")):
        terms[name] = {"@id": oa + term, "@type": "@vocab"}
    for name in ("AnnotationCollection", "AnnotationPage"):
        terms[name] = activity + {"AnnotationCollection": "OrderedCollection"}.get(name, "OrderedCollectionPage")
    terms["first"] = {"@id": f"{activity}first", "@type": "@id"}
    terms["items"] = {"@id": f"{activity}items", "@type": "@id", "@container": "@list"}
    document = {"@context": terms}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


@opens("webannotation")
def opens_web_annotations(folder, tables):
    document = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))
    expanded_whole(document, annotation_context)
    texts = {row["article"]: row["text"] for row in tables["articles"]}
    items = document["first"]["items"]
    same("annotations", len(items), sum(len(row["content"]) for row in tables["quotations"]))
    for item in items:
        place, quote = item["target"]["selector"]
        text = texts[item["target"]["article"].rsplit(":", 1)[1]]
        same("quoted words", text[place["start"]:place["end"]], quote["exact"])
        around = text[:place["start"]].endswith(quote["prefix"]) and text[place["end"]:].startswith(quote["suffix"])
        same("words around", around, True)


@opens("prov")
def opens_prov(folder, tables):
    from rdflib import RDF, Graph, Namespace

    prov = Namespace("http://www.w3.org/ns/prov#")
    graph = Graph().parse(folder / "provenance.jsonld", format="json-ld")

    def named(kind):
        return {node for node in graph.subjects(RDF.type, prov.Entity) if f":{kind}:" in str(node)}

    same("articles", len(named("article")), len(tables["articles"]))
    same("pages", len(named("page")), len({row["page_hash"] for row in tables["articles"]}))
    same("statements", len(named("statement")), len(tables["statements"]))
    same("corrections", len(named("correction")), len(tables["corrections"]))
    quoted = {(str(words), str(source)) for words, source in graph.subject_objects(prov.wasQuotedFrom)}
    expected = {(f"urn:x-onrecord:account:{a['account']}", f"urn:x-onrecord:article:{a['article']}") for a in accounts(tables)}
    same("what is quoted from where", quoted, expected)
    activities = set(graph.subjects(RDF.type, prov.Activity))
    same("steps that nobody took", [a for a in activities if not graph.value(a, prov.wasAssociatedWith)], [])
    for made in graph.subjects(RDF.type, prov.Entity):
        if ":page:" not in str(made):
            same(f"the step that made {made}", graph.value(made, prov.wasGeneratedBy) in activities, True)


@opens("ftm")
def opens_follow_the_money(folder, tables):
    from followthemoney import model

    lines = (folder / "entities.ftm.json").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    entities = {row["id"]: model.get_proxy(row, cleaned=False) for row in rows}
    same("ids", len(entities), len(rows))
    written = {row["id"]: row["properties"] for row in rows}
    for row in rows:
        entity = entities[row["id"]]
        entity.schema.validate({"properties": entity.to_dict()["properties"]})
        same(f"properties that {row['id']} keeps", set(entity.properties), set(row["properties"]))
        for prop, value in entity.itervalues():
            if prop.range is not None:
                same(f"{row['id']} leads to a {prop.range.name}", entities[value].schema.is_a(prop.range), True)
    count = Counter(row["schema"] for row in rows)
    for article in tables["articles"]:
        published = (article["published"] or "")[:10]
        fields = {"title": article["headline"], "publisher": article["outlet"], "author": article["byline"], "publishedAt": published,
                  "sourceUrl": article["url"], "bodyText": article["text"].strip()}
        # As written: the tool's own entities go without what no database takes.
        found = written[f"onrecord-article-{article['article']}"]
        same(f"article {article['article']}", found, {name: [value] for name, value in fields.items() if value})
    for key, (article, statement, account) in cited(tables).items():
        if account:
            found = written[f"onrecord-{key}"]
            same(f"words of {key}", found["description"], [" … ".join(part["text"] for part in account["parts"])])
            same(f"article and statement of {key}", (found["proof"], found["keywords"]),
                 ([f"onrecord-article-{article['article']}"], [f"onrecord-statement-{statement['statement']}"]))
            name = (statement["speaker"] or {}).get("name")
            same(f"speaker of {key}", found.get("namesMentioned"), name and [name])
    same("articles", count["Article"], len(tables["articles"]))
    same("notes", count["Note"], len(accounts(tables)))
    kinds = Counter(row["kind"] for row in tables["entities"])
    same("persons", count["Person"], kinds["person"])
    same("states", count["PublicBody"], kinds["state"])


@opens("bundle")
def opens_bundle(folder, tables):
    import hashlib
    import zipfile

    path = folder / "bundle.zip"
    with zipfile.ZipFile(path) as bundle:
        same("damaged files", bundle.testzip(), None)
        manifest = json.loads(bundle.read("manifest.json"))
        hashes = {name: hashlib.sha256(bundle.read(name)).hexdigest() for name in bundle.namelist()}
    del hashes["manifest.json"]
    same("files", {file["path"]: file["sha256"] for file in manifest["files"]}, hashes)
    articles = {(row["article"], row["page_hash"], row["text_hash"]) for row in tables["articles"]}
    same("articles", {(row["article"], row["page_hash"], row["text_hash"]) for row in manifest["articles"]}, articles)
    same("pages without a file", [row for row in manifest["articles"] if f"pages/{row['page_hash']}" not in hashes], [])
    subprocess.run([sys.argv[1], "verify", path], check=True, stdout=subprocess.DEVNULL)


@opens("docx", "brief")
def opens_docx(folder, tables):
    import docx
    import mammoth
    from docx.oxml.ns import qn

    path = folder / "record.docx"
    document = docx.Document(path)
    about = document.core_properties
    same("title and language", (about.title, about.language), ("The record", "en-US"))
    headings = Counter(p.style.name for p in document.paragraphs if p.style.name.startswith(("Title", "Heading")))
    same("levels of headings", set(headings), {"Title", "Heading 1", "Heading 2"})
    # Stories and statements stand under their ids.
    places = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    for kind, rows in (("story", tables["stories"]), ("statement", tables["statements"])):
        same(f"{kind} without a place", [row[kind] for row in rows if f"{kind}_{row[kind]}" not in places], [])
    first_rows = [table.rows[0] for table in document.tables]
    same("tables without a row that names the columns", [r for r in first_rows if r._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None], [])
    several = [row for row in tables["statements"] if f"statement_{row['statement']}" in headings_of(document)]
    told = [table for table in document.tables if table.cell(0, 0).text == "Told by"]
    same("tables of accounts", len(told), len(several))
    # What differs is marked by more than a colour, and named.
    marked = [run for run in document.element.iter(qn("w:rStyle")) if run.get(qn("w:val")) == "Differs"]
    style = document.styles["Differs"].font
    same("words that differ", (bool(marked), style.bold, style.underline), (True, True, True))
    text = "".join(node.text or "" for node in document.element.iter(qn("w:t")))
    shown = {row["kind"] for row in tables["differences"] if f"⟨{row['kind']}⟩" in text}
    same("kinds of difference", shown, {row["kind"] for row in tables["differences"]})
    # The footnotes, by a reader that knows them: each is led to, and all accounts stand in them word for word.
    with open(path, "rb") as file:
        page = mammoth.convert_to_html(file)
    notes = re.findall(r'<li id="footnote-(\d+)">(.*?)</li>', page.value, re.S)
    same("footnotes", [n for n, _ in notes], [str(n) for n in range(1, len(notes) + 1)])
    same("what is led to", len(set(re.findall(r'href="#footnote-(\d+)"', page.value))), len(notes))
    cited = html.unescape(re.sub("<[^>]+>", "", " ".join(words for _, words in notes)))
    for account in accounts(tables):
        for part in account["parts"]:
            words = " ".join(part["text"].split())[:200]
            if words not in " ".join(cited.split()):
                raise AssertionError(f"no footnote holds {words!r}")
    links = {target for part in document.part.package.iter_parts() for target in external(part)}
    same("links that lead elsewhere than to the web", [t for t in links if not t.startswith(("https://", "http://"))], [])
    # By the schemas of Office: each element in its place, each style and relationship there.
    audit = [Path(sys.executable).parent / "openxml-audit", "--format", "office2019", "--output", "json", "--max-errors", "0", path]
    errors = json.loads(subprocess.run(audit, capture_output=True, text=True).stdout)[0]["errors"]
    # Two parts that Word writes and ECMA-376 lets a document go without.
    optional = re.compile(r"A required relationship type '[^']*/(fontTable|theme)' is missing\.")
    same("what the schemas forbid", [e for e in errors if not optional.fullmatch(e["description"])], [])
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office:
        profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
        convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path]
        subprocess.run(convert, check=True, capture_output=True, timeout=300)
        same("what LibreOffice prints", (folder / "record.pdf").read_bytes()[:5], b"%PDF-")
    same("strange messages", [m.message for m in page.messages if "nrecognised" not in m.message or "style" not in m.message], [])


def headings_of(document):
    """The places that stand in headings."""
    from docx.oxml.ns import qn

    headings = [p._p for p in document.paragraphs if p.style.name.startswith("Heading")]
    return {mark.get(qn("w:name")) for heading in headings for mark in heading.iter(qn("w:bookmarkStart"))}


def external(part):
    return [relation.target_ref for relation in part.rels.values() if relation.is_external]


def main(program, sample, folder):
    record, extra = f"{folder}/sample.onrecord", f"{folder}/hostile.jsonl"
    Path(extra).write_text(json.dumps(hostile()) + "\n", encoding="utf-8")
    subprocess.run([program, "build", sample, extra, "--record", record], check=True, capture_output=True)

    def write(form, command="export"):
        out = Path(folder) / form
        # A brief is one file.
        where = ["--out", out] if command == "export" else ["--out", out / f"record.{form}", "--stories", "1000"]
        subprocess.run([program, command, "--record", record, "--format", form, *where], check=True, capture_output=True)
        return out

    tables = read_tables(write("jsonl"))
    same("tables without which nothing is checked", bool(tables["statements"] and tables["articles"]), True)
    offered = subprocess.run([program, "export", "--help"], check=True, capture_output=True, text=True).stdout
    formats = set(re.search(r"--format.*?\[possible values: ([^\]]*)\]", offered, re.S)[1].replace(",", " ").split())
    # The first is what all others are compared with; the second is opened by a browser, in tests/browser.
    same("formats that nothing opens", formats - set(CHECKS) - {"jsonl", "site"}, set())
    failed = 0
    for form, (command, check) in CHECKS.items():
        try:
            # The one format that a build may leave out.
            if form == "parquet" and form not in formats:
                print("parquet: this program was built without it")
                continue
            check(write(form, command), tables)
            print(f"{form}: opens, nothing missing")
        except Exception:
            failed += 1
            print(f"{form}: FAILED")
            traceback.print_exc(limit=-2, file=sys.stdout)
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
