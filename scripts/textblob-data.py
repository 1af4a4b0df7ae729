#!/usr/bin/env python3
"""Builds packages/textblob/src/data/*.ts, the compact data of the sentiment engine.

    python3 scripts/textblob-data.py           writes the files
    python3 scripts/textblob-data.py --check   writes nothing; exit 1 if a committed file differs

Sources: the PyPI wheels named in packages/textblob/reference/versions.json. Nothing of them is executed but
the `regex` engine and Python's own str, which are asked for their character classes. The same input gives
the same bytes.
"""

import difflib
import importlib
import json
import pathlib
import sys
import zipfile
from xml.etree import ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "packages" / "textblob"
sys.dont_write_bytecode = True
sys.path.insert(0, str(PACKAGE / "reference"))
import wheels  # noqa: E402

HEADER = "// Made by scripts/textblob-data.py from {source}. Do not edit: change the script and run it.\n"


def quoted(text):
    assert text.isascii()
    return json.dumps(text)


def listed(words):
    """Join sorted words with bars."""
    for word in words:
        assert word.isascii() and word == word.lower() and word and "|" not in word, word
    assert len(set(words)) == len(words)
    return "|".join(sorted(words))


# ---- lexicon ---------------------------------------------------------------------------------------------


def mean(column):
    """Sum from left to right, because sum() of Python 3.12 compensates, which changes the last bit of 30 words."""
    total = 0.0
    for value in column:
        total += value
    return total / len(column)


def read_lexicon(xml):
    """word -> (polarity, subjectivity, intensity, flags), as TextBlob has it once loaded.

    Flags: 1 adverb, 2 profanity, 4 ends in ly.
    """
    senses, labelled = {}, set()
    for entry in ElementTree.fromstring(xml).findall("word"):
        form, pos = entry.attrib["form"], entry.attrib.get("pos")
        numbers = tuple(float(entry.attrib.get(key, default)) for key, default in
                        (("polarity", 0.0), ("subjectivity", 0.0), ("intensity", 1.0)))
        senses.setdefault(form, {}).setdefault(pos, []).append(numbers)
        if "label" in entry.attrib:
            assert entry.attrib["label"] == "profanity"
            labelled.add(form)
    by_pos = {
        form: {pos: tuple(mean(column) for column in zip(*rows)) for pos, rows in tags.items()}
        for form, tags in senses.items()
    }
    value = {form: tuple(mean(column) for column in zip(*tags.values())) for form, tags in by_pos.items()}
    adverbs = {form for form, tags in by_pos.items() if "RB" in tags}
    # "terrible" also defines the adverb "terribly"; if two adjectives define the same adverb, the later wins.
    for form, tags in by_pos.items():
        if "JJ" in tags:
            stem = form[:-1] + "i" if form.endswith("y") else form
            stem = stem[:-2] if stem.endswith("le") else stem
            value[stem + "ly"] = tags["JJ"]
            adverbs.add(stem + "ly")
    return {
        form: (*numbers, (form in adverbs) + 2 * (form in labelled) + 4 * form.endswith("ly"))
        for form, numbers in value.items()
    }


def lexicon_module(xml):
    # A token never contains a space or an apostrophe, so such words never match.
    entries = {w: row for w, row in read_lexicon(xml).items() if " " not in w and "'" not in w}
    words = sorted(entries)
    # The scanner relies on this: a dot at the end of a token is never part of a known word.
    assert all(word[0].isalnum() and word[-1].isalnum() for word in words)
    numbers = sorted({number for row in entries.values() for number in row[:3]})
    rows = sorted(set(entries.values()))
    at = {number: index for index, number in enumerate(numbers)}
    row_at = {row: index for index, row in enumerate(rows)}
    flat = [x for p, s, i, flags in rows for x in (at[p], at[s], at[i], flags)]
    return f"""{HEADER.format(source="textblob/en/en-sentiment.xml (PDDL)")}
/** {len(words)} words, sorted. */
export const WORDS =
  {quoted(listed(words))};

/** For each word the number of its row in ROWS. */
export const ROW_OF_WORD: readonly number[] = [{",".join(str(row_at[entries[w]]) for w in words)}];

/** Four numbers a row: polarity, subjectivity, intensity (as indexes in NUMBERS), flags. */
export const ROWS: readonly number[] = [{",".join(map(str, flat))}];

/** Every distinct double of the lexicon, in its shortest exact form. */
export const NUMBERS: readonly number[] = [{",".join(map(repr, numbers))}];
"""


# ---- Punkt -----------------------------------------------------------------------------------------------

MID_UC, BEG_LC, UC, LC = 4, 16, 14, 112
DEFAULT_ORTHO = 2
NUMBER = "##number##"


def ortho_flags(bits):
    """The used orthographic flags of a word: 1 capital means a start, 2 small means no start, 4 seen small."""
    return (1 if bits & LC and not bits & MID_UC else 0) + (2 if bits & UC or not bits & BEG_LC else 0) \
        + (4 if bits & LC else 0)


def punkt_module(files):
    # Only a line feed ends a line, and spaces belong to the entry, as in ". . ".
    lines = {name: text.removesuffix("\n").split("\n") for name, text in files.items()}
    collocations = sorted(tuple(line.split("\t")) for line in lines["collocations.tab"])
    # The code relies on this: the first word is always a number or an initial, the second is never a number.
    assert all((first == NUMBER or len(first) == 1) and second != NUMBER for first, second in collocations)
    groups = {}
    assert ortho_flags(0) == DEFAULT_ORTHO
    for line in lines["ortho_context.tab"]:
        word, bits = line.split("\t")
        assert word != NUMBER
        if ortho_flags(int(bits)) != DEFAULT_ORTHO:
            groups.setdefault(ortho_flags(int(bits)), []).append(word)
    ortho = "".join(f"  [{flags}, {quoted(listed(groups[flags]))}],\n" for flags in sorted(groups))
    return f"""{HEADER.format(source="NLTK's punkt_tab/english (Jan Strunk and Tibor Kiss), as carried by llama-index-core")}
/** {len(lines["abbrev_types.txt"])} abbreviations without their final dot. */
export const ABBREVIATIONS = {quoted(listed(lines["abbrev_types.txt"]))};

/** {len(lines["sent_starters.txt"])} words that often start a sentence. */
export const STARTERS = {quoted(listed(lines["sent_starters.txt"]))};

/** {len(collocations)} pairs `first second` around a dot that ends no sentence. */
export const COLLOCATIONS =
  {quoted(listed([" ".join(pair) for pair in collocations]))};

/**
 * {sum(map(len, groups.values()))} words by what their letter case in the training text says (flags: 1 a capital means a
 * sentence start, 2 a small letter means none, 4 seen with a small letter); every other word has {DEFAULT_ORTHO}.
 */
export const ORTHOGRAPHY: readonly (readonly [flags: number, words: string])[] = [
{ortho}];
"""


# ---- character classes -----------------------------------------------------------------------------------


def base36(number):
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (base36(number // 36) if number >= 36 else "") + digits[number % 36]


def ranges(belongs):
    """Encode the code points for which belongs(char) holds: gap and length of each run, base 36, separated by spaces."""
    out, end, code = [], 0, 0
    while code < 0x110000:
        if belongs(chr(code)):
            start = code
            while code < 0x110000 and belongs(chr(code)):
                code += 1
            out += [base36(start - end), base36(code - start)]
            end = code
        code += 1
    return " ".join(out)


def characters_module(regex):
    letter, digit = regex.compile(r"[^\W\d]"), regex.compile(r"\d")
    tables = (
        ("LETTERS", "What the regex engine takes for `[^\\W\\d]`.", lambda c: letter.match(c) is not None),
        ("DIGITS", "What the regex engine takes for `\\d`.", lambda c: digit.match(c) is not None),
        ("UPPER", "Upper case as Python's str.isupper has it; title case is neither.", str.isupper),
        ("LOWER", "Lower case as Python's str.islower has it.", str.islower),
    )
    body = "".join(f"/** {note} */\nexport const {name} =\n  {quoted(ranges(belongs))};\n\n"
                   for name, note, belongs in tables)
    source = f"Python {wheels.VERSIONS['python']} and regex {wheels.VERSIONS['regex']['version']}"
    return f"""{HEADER.format(source=source)}
// Each table: gap and length of every run of code points, base 36.

{body.rstrip()}
"""


def import_regex():
    folder = wheels.cache_dir() / "unpacked" / f"regex-{wheels.VERSIONS['regex']['version']}"
    with zipfile.ZipFile(wheels.wheel("regex")) as archive:
        if not (folder / "regex" / "__init__.py").exists():
            archive.extractall(folder)
    sys.path.insert(0, str(folder))
    return importlib.import_module("regex")


def build():
    with zipfile.ZipFile(wheels.wheel("textblob")) as archive:
        xml = archive.read("textblob/en/en-sentiment.xml")
    with zipfile.ZipFile(wheels.wheel("llama-index-core")) as archive:
        punkt = {name: archive.read(wheels.PUNKT_IN_WHEEL + name).decode("utf-8") for name in wheels.PUNKT_FILES}
    return {
        "lexicon.ts": lexicon_module(xml),
        "punkt.ts": punkt_module(punkt),
        "characters.ts": characters_module(import_regex()),
    }


def main():
    arguments = sys.argv[1:]
    if arguments not in ([], ["--check"]):
        print(__doc__)
        sys.exit(0 if arguments in (["--help"], ["-h"]) else 2)
    wheels.require_python()
    folder, stale = PACKAGE / "src" / "data", 0
    for name, content in build().items():
        path = folder / name
        current = path.read_bytes().decode("utf-8") if path.exists() else ""
        if not arguments:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8"))
            print(f"{path.relative_to(ROOT)} {len(content)} bytes{'' if content != current else ' (unchanged)'}")
        elif content != current:
            stale += 1
            print(f"{path.relative_to(ROOT)} is out of date; run scripts/textblob-data.py")
            diff = difflib.unified_diff(current.splitlines(), content.splitlines(), "committed", "made", n=0)
            print("\n".join(line[:200] for line in list(diff)[:10]))
    sys.exit(1 if stale else 0)


main()
