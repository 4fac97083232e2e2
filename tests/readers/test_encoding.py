import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.readers import encoding
from geo.readers.encoding import detect_encoding
from geo.readers.prefetch import prefetch

TEXT = st.text(min_size=1, max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass"))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("encoding") / "table.csv"


@settings(max_examples=300, deadline=None)
@given(start=st.one_of(st.binary(max_size=30), TEXT), rest=st.lists(TEXT, max_size=3), block=st.integers(5, 40))
def test_utf8_is_what_python_decodes_wherever_a_block_ends(path, start, rest, block):
    content = b"name,where\n" + start + b"".join(rest)
    path.write_bytes(content)
    try:
        content.decode("utf-8")
        expected = True
    except UnicodeDecodeError:
        expected = False
    with pytest.MonkeyPatch.context() as patch, path.open("rb") as file:
        patch.setattr(encoding, "_BLOCK", block)
        assert encoding._is_utf8(file) is expected


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_each_encoding_is_told_from_the_others(path, name):
    path.write_bytes("name,where\nMärz,Göteborg\n".encode(name))
    assert detect_encoding(path) == name


def test_items_made_ahead_keep_their_order_and_their_faults():
    def items():
        yield from range(5)
        raise ValueError("no sixth")

    made = prefetch(items())
    assert [next(made) for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(ValueError, match="no sixth"):
        next(made)


def test_leaving_off_makes_no_item_after_the_one_in_the_making():
    made, ended = [], threading.Event()

    def items():
        try:
            for number in range(9):
                made.append(number)
                yield number
        finally:
            ended.set()

    given_items = prefetch(items())
    assert next(given_items) == 0
    given_items.close()
    assert ended.wait(10)
    assert made == [0, 1]
