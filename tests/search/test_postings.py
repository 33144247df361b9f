"""Lists: what is written is read back, and the fast way gives what the plain way gives."""

from __future__ import annotations

import random

import pytest

from pubhub.search.clauses import MARKS
from pubhub.search.codes import code, code_gaps, code_set, read_all, read_gaps, read_set
from pubhub.search.gather import gather, join
from pubhub.search.normal import form_of
from pubhub.search.numbers import number_of, places
from pubhub.search.parts import Texts
from pubhub.search.postings import (
    Posting,
    mend,
    names_in,
    read_shard,
    script,
    shard_of,
    starts_of,
    unscript,
    write_shard,
)
from pubhub.search.terms import NO_START, Found, coded, split_coded, terms


def test_numbers_are_read_back() -> None:
    for number in [*range(1200), 92**4 - 1, 92**4, 2**52]:
        assert list(read_all(code(number))) == [number]
    dice = random.Random(1)
    for size in (0, 1, 5, 300):
        rising = sorted(dice.sample(range(5000), size)) + [2**52][: size % 2]
        assert read_set(code_set(rising)) == rising
        assert read_gaps(code_gaps(rising)) == rising


def test_an_id_alone_makes_its_number() -> None:
    home = places(["XB", "SZ"], "XB")
    ids = [
        "XB-2026-0001",
        "XB-2026-00001",
        "XB-2026-000001",
        "XB-1999-0001",
        "SZ-2026-0001",
        "XB-2026-9999",
        "XB-2027-0000",
    ]
    numbers = [number_of(id_, home) for id_ in ids]
    assert len(set(numbers)) == len(ids)
    assert max(numbers) < 2**53
    assert number_of("XB-2026-0001", places(["XB"], "XB")) == numbers[0]
    assert number_of("SZ-2026-0001", places(["SZ", "QQ", "XB"], "XB")) == numbers[4]


def made(count: int, dice: random.Random) -> list[tuple[int, Texts]]:
    letters = "的一是在不了有和人这中大为上个国我以要他，。a1 \n\n“”…—Ｂ體！\u3000"
    common = [
        "不要急着转账，",
        "先打电话问一问。",
        "这是一句\n很常见的话",
        "有疑问请打 95588。\n",
        "谢谢！",
        "Go  on ,\nplease，",
    ]

    def some(size: int) -> str:
        own = "".join(dice.choice(letters) for _ in range(size))
        return own + "".join(dice.choices(common, k=dice.randint(0, 4))) + own[: dice.randint(0, 6)]

    numbers = sorted({*dice.sample(range(count), count // 2), *dice.sample(range(9000, 9000 + count * 3), count)})
    kinds: list[tuple[str, ...]] = [(), ("1SA", "2SB"), ("2SA", "1SA"), ("3SA", "1AN QUAN", "2AN QUAN")]
    return [
        (number, Texts(some(8), (some(20), some(10)), some(dice.randint(0, 260)), dice.choice(kinds)))
        for number in numbers
    ]


@pytest.mark.parametrize("count", [4, 200])
def test_fast_is_as_plain(count: int) -> None:
    documents = made(count, random.Random(7))
    fast = join([gather(documents)])
    own: dict[str, dict[int, Found]] = {}
    for number, texts in documents:
        for term, found in terms(texts.parts()).items():
            own.setdefault(term, {})[number] = found
    assert fast == {term: mend(Posting(), term, (), new) for term, new in own.items()}
    cuts = [n for n in range(1, len(documents)) if documents[n][0] // 24 != documents[n - 1][0] // 24]
    for cut in dict.fromkeys((cuts[0], cuts[len(cuts) // 2], cuts[-1])):
        assert join([gather(documents[:cut]), gather(documents[cut:])]) == fast


def test_a_clause_ends_only_where_no_term_reaches_across() -> None:
    for mark in MARKS:
        assert {*form_of(mark)} <= NO_START


def test_mending_is_as_making() -> None:
    dice = random.Random(8)
    documents = dict(made(60, dice))
    postings: dict[str, Posting] = dict(join([gather(sorted(documents.items(), key=lambda one: one[0]))]))
    for _ in range(10):
        number = dice.choice([*documents, 77_777])
        before = terms(documents.pop(number).parts()) if number in documents else {}
        after = {}
        if dice.random() < 0.7:
            documents[number] = made(4, dice)[0][1]
            after = terms(documents[number].parts())
        for term in {*before, *after}:
            new = {number: after[term]} if term in after else {}
            mended = mend(postings.get(term, Posting()), term, [number] if term in before else [], new)
            if mended is None:
                del postings[term]
            else:
                postings[term] = mended
    assert postings == join([gather(sorted(documents.items(), key=lambda one: one[0]))])


def test_followers_are_split_as_they_were_coded() -> None:
    several = ["。", "的一", "一二三", "一二三四", "".join(map(chr, range(0x4E00, 0x4E00 + 90)))]
    assert split_coded("".join(map(coded, several))) == [coded(one) for one in several]


def test_a_shard_is_read_back() -> None:
    postings = join([gather(made(900, random.Random(9)))])
    postings |= {char: Posting(after=seconds) for char, seconds in starts_of(postings).items()}
    shards = [{term: one for term, one in postings.items() if shard_of(term, 16) == n} for n in range(16)]
    for number, shard in enumerate(shards):
        written, apart = write_shard(shard)
        data = script("t", f"{number:x}", written)
        assert data.isascii() or data.decode("utf-8")
        flat = unscript(data)
        assert isinstance(flat, list)
        assert read_shard(flat, apart) == shard
        # What stands apart is passed on as it is, by its name.
        assert write_shard(read_shard(flat)) == (flat, {})
        assert set(names_in(flat)) == set(apart)
