"""Sentences of our own making, with every name marked: what the open sets have too few of.

A small grammar puts names together as they are built in news (parties, ministries, associations, firms, courts, elections,
wars, treaties, units) and sets them into sentences. A word in braces is a rule; a rule in CAPITALS of TYPES is a marked name.
"""
import csv, random, re

import data

TYPES = {"PERSON": "person", "ORG": "organisation", "PLACE": "place", "EVENT": "event", "DOC": "document", "MIL": "military"}

RULES = {
    "PERSON": ["{first} {last}"] * 5 + ["{first} {initial}. {last}", "{first} {last}-{last}", "{last}", "{last}", "{first} {first} {last}",
               "{first} {particle} {last}", "{initial}. {initial}. {last}"],
    "initial": list("ABCDEFGHJKLMNPRSTVW"),
    "particle": ["van", "de", "van der", "al", "bin", "da", "von", "di", "ben"],
    "PLACE": ["{city}"] * 4 + ["{country}"] * 4 + ["{region}", "{region}", "{where} {country}", "{river} River", "Lake {river}", "Mount {river}",
              "{city} County", "{city} Airport", "Strait of {river}", "{city} Street", "Port {river}"],
    "where": ["North", "South", "Eastern", "Western", "Northern", "Central", "New"],
    "river": ["{last}", "{city}"],
    "ORG": ["{party}"] * 5 + ["{agency}"] * 4 + ["{association}"] * 5 + ["{firm}"] * 3 + ["{court}", "{school}", "{school}", "{paper}", "{union}", "{letters}", "{letters}"],
    "party": ["{creed} Party", "{creed} Party of {country}", "{creed} {creed} Party", "{people} {creed} Party", "{creed} and {creed} Party",
              "{creed} {bond}", "{bond} for {value}", "{bond} for {value} and {value}", "Party of {value}", "Party for {value} and {value}",
              "{creed} {bond} of {country}", "{people} People 's Party", "{bond} of {creed} Forces", "Movement for a {creed} {country}", "{creed}s",
              "New {creed} Party", "{country} {creed} Party", "{creed} {bond} - {creed} Party"],
    "creed": ["Social", "Democratic", "Liberal", "Conservative", "National", "Christian", "Labour", "Green", "Republican", "Socialist", "Communist",
              "Progressive", "People 's", "Workers '", "Reform", "Radical", "Federal", "Popular", "Patriotic", "Agrarian", "Independence", "Centre", "Unionist"],
    "bond": ["Alliance", "Front", "Movement", "Union", "Coalition", "Bloc", "League", "Congress", "Platform", "Initiative", "Forum"],
    "value": ["Justice", "Freedom", "Democracy", "Progress", "Change", "Unity", "Peace", "Solidarity", "Development", "Reform", "Equality", "Hope", "the Future", "Liberty"],
    "agency": ["Ministry of {field}", "Ministry of {field} and {field}", "Department of {field}", "{country} Ministry of {field}", "Ministry of {field} of {country}",
               "{people} Ministry of {field}", "Federal Office for {field}", "{people} National {field} Agency", "{field} Ministry", "{field} Committee",
               "House of Representatives", "{city} City Council", "Senate", "{people} Parliament", "National Assembly of {country}", "{people} {force}",
               "Bureau of {field}", "State Committee on {field}", "{field} and {field} Commission", "Office for {field}", "Central Bank of {country}", "Bank of {country}"],
    "force": ["Army", "Navy", "Air Force", "Coast Guard", "Armed Forces", "National Guard", "Border Guard"],
    "field": ["Foreign Affairs", "Finance", "Defence", "Defense", "Health", "Education", "Agriculture", "Energy", "Justice", "Internal Affairs", "Transport",
              "Trade", "Labour", "the Environment", "Culture", "Statistics", "Tourism", "Housing", "Science", "Veterans Affairs", "Nuclear Safety", "Fisheries"],
    "association": ["{reach} {body} for {cause}", "{reach} {body} of {cause}", "{body} for the {deed} of {cause}", "{reach} {body} on {cause}", "{body} on {cause}",
                    "{reach} {body} for {cause} {deed}", "{cause} {body}", "{reach} {cause} {body}", "{body} of {cause} and {cause}", "{people} {cause} {body}",
                    "{group} Against {cause}", "{group} for {cause}", "{group} Without Borders", "{last} {body}", "{last} {body} for {cause}",
                    "{body} for {cause} in {country}", "{reach} {body} for the {deed} of {cause}"],
    "reach": ["National", "International", "European", "{people}", "{city}", "American", "World", "African", "Royal", "Global", "Pan-{people}", "{country}"],
    "body": ["Association", "Federation", "Center", "Centre", "Institute", "Council", "Commission", "Society", "Foundation", "Network", "Committee", "Organization", "Fund", "Agency"],
    "cause": ["Human Rights", "Women", "Teachers", "Journalists", "Refugees", "Public Policy", "Climate", "Trade", "Strategic Studies", "Free Speech", "Nurses", "Farmers",
              "Nuclear Weapons", "Transparency", "Child Labour", "Migrants", "Water", "Science", "Statistics", "Indigenous Peoples", "Labor", "Space Research"],
    "deed": ["Protection", "Advancement", "Abolition", "Promotion", "Prevention", "Study", "Liberation", "Defence", "Equality", "Reform"],
    "group": ["Parents", "Doctors", "Students", "Lawyers", "Citizens", "Workers", "Reporters", "Veterans"],
    "firm": ["{last} Inc.", "{last} & {last}", "{last} Group", "{last} Holdings", "{last} Corp.", "{city} Motors", "{people} Airlines", "{last} Bank", "{last} Energy",
             "{country} Telecom", "{last} plc", "{last} and Sons", "{coined}", "{coined} Technologies"],
    "coined": ["Altera{x}", "Nov{x}", "Ver{x}", "Qual{x}", "Tel{x}", "Or{x}", "Syn{x}", "Med{x}"],
    "x": ["ix", "ana", "com", "ium", "tech", "ergy", "ovo", "esta"],
    "court": ["Supreme Court", "Supreme Court of {country}", "Constitutional Court", "{city} District Court", "High Court of {country}", "International Court of Justice"],
    "school": ["University of {city}", "{city} University", "{last} University", "{last} College", "{city} Institute of Technology", "{last} School of Law"],
    "paper": ["The {city} Times", "{city} Post", "{people} News Agency", "Radio {city}", "The {people} Herald", "Daily {last}", "{country} Today"],
    "union": ["United {group} of {country}", "{people} Football Association", "FC {city}", "{city} United", "{city} Chamber of Commerce", "{people} Union of {group}"],
    "letters": ["{a}{a}{a}", "{a}{a}{a}", "{a}{a}{a}{a}", "{a}{a}"],
    "a": list("ABCDEFGHIKLMNOPRSTUVW"),
    "EVENT": ["{year} {people} {kind} election", "{year} {country} {kind} election", "{year} {city} {kind} election", "{year} {kind} election", "{year} elections",
              "{year} {kind} election in {country}", "Battle of {city}", "Siege of {city}", "{nth} {people} War", "{people} Civil War", "{people} Revolution", "{city} Conference",
              "{year} {city} Summit", "Operation {last} Shield", "Operation {city}", "{year} Winter Olympics", "{year} World Cup", "{city} Film Festival", "{year} {city} earthquake",
              "{people} Spring", "{nth} Congress of the {creed} Party", "{year} {people} coup d'état", "{country} War", "{people} War of Independence", "Exercise {last} Storm"],
    "kind": ["general", "presidential", "parliamentary", "federal", "local", "European Parliament", "legislative", "gubernatorial", "mayoral", "provincial", "by-", "Senate"],
    "nth": ["First", "Second", "Third", "Fifth", "2nd", "19th"],
    "DOC": ["Treaty of {city}", "{city} Agreement", "{city} Accords", "{field} Act", "{field} Act of {year}", "{year} {field} Act", "Convention on {cause}", "{city} Protocol",
            "Resolution {number}", "Security Council Resolution {number}", "Constitution of {country}", "{nth} Amendment", "Charter of {city}", "{people} Constitution", "{city} Declaration",
            "Decree No. {number}", "Protocol on {field}"],
    "number": ["1{d}{d}", "2{d}{d}{d}", "{d}{d}"],
    "d": list("123456789"),
    "MIL": ["{nth} {arm} {unit}", "{d}{d}th {arm} {unit}", "{last} {unit}", "HMS {last}", "USS {last}", "{aa}-{d}{d}", "{aa}-{d}{d}{a}", "{aa}-{d}{d}0 missile", "{last} missile", "{d}th Fleet"],
    "aa": ["F", "MiG", "Su", "T", "B", "S", "M", "RQ", "Mi", "An", "KC", "AH"],
    "arm": ["Infantry", "Armoured", "Airborne", "Mechanized", "Artillery", "Marine", "Guards", "Engineer"],
    "unit": ["Brigade", "Division", "Regiment", "Battalion", "Corps", "Army", "Squadron"],
    "people": """American British French German Russian Chinese Japanese Indian Turkish Iranian Iraqi Syrian Israeli Egyptian Polish Ukrainian Italian Spanish Dutch Swedish
        Norwegian Danish Finnish Greek Serbian Croatian Hungarian Romanian Bulgarian Czech Slovak Austrian Swiss Belgian Irish Scottish Canadian Mexican Brazilian Chilean
        Peruvian Kenyan Nigerian Ethiopian Somali Sudanese Moroccan Libyan Pakistani Afghan Thai Korean Vietnamese Indonesian Australian Estonian Latvian Georgian Armenian""".split(),
    "year": ["19{d}{d}", "20{zero}{d}", "2024", "2019"],
    "zero": ["0", "1"],
    "title": ["President", "Prime Minister", "Foreign Minister", "Senator", "General", "Mr.", "Dr.", "Professor", "Colonel", "Governor", "Secretary", "Chancellor", "Mayor", "Judge",
              "King", "Ambassador", "Minister", "Congressman", "Captain", "Lord", "Sir"],
    "role": ["spokesman", "chairman", "leader", "director", "head", "president", "secretary general", "minister", "chief executive", "analyst", "lawyer", "co-founder"],
    "day": ["Monday", "Tuesday", "Friday", "March", "Sunday", "July", "January 12"],
    "S": """{title} {PERSON} of {PLACE} met {PERSON} in {PLACE} on {day} .
        {PERSON} , {role} of the {ORG} , told {ORG} that the {EVENT} was over .
        The {ORG} ( {ORG} ) won {number} seats in the {EVENT} , ahead of the {ORG} and the {ORG} .
        In the {EVENT} , the {ORG} formed a coalition with the {ORG} , the {ORG} and {ORG} .
        {people} {title} {PERSON} signed the {DOC} in {PLACE} .
        The {people} government rejected the {DOC} .
        He joined the {ORG} in {year} and became a member of the {ORG} for {PLACE} .
        {PERSON} ( born {day} , {year} in {PLACE} , {PLACE} ) is a {people} politician and a member of the {ORG} .
        {ORG} and {ORG} said on {day} they would close offices in {PLACE} , {PLACE} and {PLACE} .
        The {MIL} moved from {PLACE} to {PLACE} after the {EVENT} , the {ORG} said .
        Two {MIL} aircraft of the {ORG} crossed into {PLACE} .
        According to {ORG} , the {EVENT} left {number} dead in {PLACE} .
        {PERSON} ran against {PERSON} in the {EVENT} .
        {PERSON} 's {ORG} lost to {PERSON} 's {ORG} in {PLACE} .
        The {DOC} was adopted by the {ORG} in {year} .
        Members of the {ORG} in {PLACE} voted for {title} {PERSON} .
        After the {EVENT} , {PERSON} was appointed {role} of {ORG} .
        The party is close to the {ORG} ( {ORG} , {letters} ) .
        Former {title} {PERSON} and {PERSON} of the {ORG} denied it .
        " The {DOC} is dead , " said {PERSON} , a {role} with the {ORG} in {PLACE} .
        The group works with {ORG} , the {ORG} , {ORG} and the {ORG} .
        {PLACE} and {PLACE} signed the {DOC} on {day} .
        The {MIL} and the {MIL} took part in {EVENT} .
        {PERSON} studied at the {ORG} and at {ORG} in {PLACE} .
        She was a delegate of the {ORG} at the {EVENT} .
        {ORG} shares fell after {PERSON} left .
        The prime minister of {PLACE} , {PERSON} , visited {PLACE} .
        The {people} {ORG} and the {people} foreign ministry did not reply .
        Officials of the {ORG} , the {ORG} 's office in {PLACE} and {ORG} confirmed the {DOC} .
        {title} {PERSON} commands the {MIL} near {PLACE} .
        The ruling {ORG} , led by {PERSON} , opposes the {DOC} .
        The opposition says the government and the president broke the {DOC} .
        In {PLACE} , the {EVENT} was won by {PERSON} ( {ORG} ) .
        Parties include the {ORG} , the {ORG} , the {ORG} , {ORG} and the {ORG} .
        The {people} people and the {people} army remember the {EVENT} .""".split("\n"),
}

MARKED = re.compile(r"\{(\w+)\}")


class Written:
    """`people`: word lists of full names; `cities`: (city, country, region)."""

    def __init__(self, people, cities, seed):
        self.random = random.Random(seed)
        self.rules = RULES | {"first": [p[0] for p in people], "last": [p[-1] for p in people], "city": [c for c, _, _ in cities],
                              "country": sorted({c for _, c, _ in cities}), "region": sorted({r for _, _, r in cities if r})}

    def plain(self, rule):
        """One reading of a rule as text, without marks."""
        return MARKED.sub(lambda m: self.plain(m.group(1)), self.random.choice(self.rules[rule])).strip()

    def sentence(self):
        words = []
        for part in re.split(r"(\{\w+\})", self.random.choice(self.rules["S"]).strip()):
            rule = part.strip("{}")
            kind = TYPES.get(rule) if part.startswith("{") else None
            text = self.plain(rule) if part.startswith("{") else part
            forms = text.split()
            names = lambda n: data.O_ONLY if kind is None else frozenset([("I-" if n else "B-") + kind])
            words += [data.Word(f, names=names(n)) for n, f in enumerate(forms)]
        return words

    def documents(self, number):
        """Of three sentences each."""
        return [("written", [self.sentence() for _ in range(3)]) for _ in range(number)]


def places(root):
    return [(r["name"], r["country"], r["subcountry"]) for r in csv.DictReader(open(root / "gazetteers/world-cities.csv", encoding="utf-8"))]
