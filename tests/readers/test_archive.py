"""One table in a gz or zip file; the rows are made up."""

import gzip
import zipfile

import pandas as pd
import pytest

from geo.errors import DataError, MissingFileError, UsageError
from geo.readers import archive
from geo.readers.blocks import concat_blocks
from geo.readers.table import read_table

EVENTS = pd.DataFrame({"id": ["1", "2"], "place": ["Köln", "کابل"]})


def read(path):
    table = read_table(path)
    return table, concat_blocks(table.blocks).frame


def zipped(path, files):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return path


CSV = EVENTS.to_csv(index=False)


@pytest.mark.parametrize("name", ["t.csv.gz", "t.csv.zip", "t.zip", "T.CSV.GZ"])
def test_what_pandas_compresses(tmp_path, name):
    suffix = name.lower().rpartition(".")[2].replace("gz", "gzip")
    EVENTS.to_csv(
        tmp_path / name,
        index=False,
        compression={"method": suffix} | ({"archive_name": "t.csv"} if suffix == "zip" else {}),
    )
    table, frame = read(tmp_path / name)
    assert frame.to_numpy().tolist() == EVENTS.to_numpy().tolist()
    assert table.notes[0].lower() == f"unpacked t.csv from {name.lower()}"


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet", ".json", ".ndjson"])
def test_any_table_may_be_packed(tmp_path, suffix):
    plain = tmp_path / f"t{suffix}"
    writers = {
        ".xlsx": lambda: EVENTS.to_excel(plain, index=False),
        ".parquet": lambda: EVENTS.to_parquet(plain),
        ".json": lambda: EVENTS.to_json(plain, orient="records"),
        ".ndjson": lambda: EVENTS.to_json(plain, orient="records", lines=True),
    }
    writers[suffix]()
    (tmp_path / f"t{suffix}.gz").write_bytes(gzip.compress(plain.read_bytes()))
    zipped(tmp_path / "t.zip", {f"folder/t{suffix}": plain.read_bytes()})
    for packed in (tmp_path / f"t{suffix}.gz", tmp_path / "t.zip"):
        assert read(packed)[1].astype(str).to_numpy().tolist() == EVENTS.to_numpy().tolist()


def test_what_describes_a_table_is_not_taken_for_one(tmp_path):
    more = {"__MACOSX/._ged.csv": b"\0", "ReadMe.txt": "x", "docs/codebook.csv": "a,b\n", ".DS_Store": "", "a.pdf": ""}
    for files in (more, {"LICENSE.txt": "x"}, {"words.txt": "x"}, {}):
        table, frame = read(zipped(tmp_path / "t.zip", files | {"ged241/ged.csv": CSV}))
        assert frame["id"].tolist() == ["1", "2"]
        assert table.notes[0] == "unpacked ged241/ged.csv from t.zip"


def test_one_of_several_tables_is_named_like_a_file_in_a_folder(tmp_path):
    path = zipped(tmp_path / "t.zip", {"a.csv": CSV, "in/b.csv": CSV.replace("1", "9")})
    with pytest.raises(DataError, match=r"t\.zip: has several tables, a\.csv, in/b\.csv; name one: .*t\.zip/a\.csv$"):
        read_table(path)
    assert read(path / "a.csv")[1]["id"].tolist() == ["1", "2"]
    assert read(path / "in" / "b.csv")[1]["id"].tolist() == ["9", "2"]
    with pytest.raises(DataError, match=r"t\.zip: has no c\.csv; it has a\.csv, in/b\.csv"):
        read_table(path / "c.csv")
    with pytest.raises(MissingFileError):
        read_table(tmp_path / "no.zip" / "c.csv")


def test_messages_name_the_archive_and_no_file_is_left(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    path = zipped(tmp_path / "t.zip", {"t.csv": "", "readme.txt": ""})
    with pytest.raises(DataError) as raised:
        read_table(path)
    assert str(raised.value).startswith(f"{path}/t.csv: is empty")
    read(zipped(path, {"t.csv": CSV}))
    opened = read_table(path)
    assert list(folder.iterdir())
    del opened
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "t.gz",
            gzip.compress(b"a,b\n", mtime=0),
            r"does not say what is in it; name it like the table, such as events\.csv\.gz",
        ),
        ("t.csv.gz", b"a,b\n1,2\n", "is a damaged gz file"),
        ("t.csv.gz", gzip.compress(CSV.encode() * 99, mtime=0)[:-20], "is a damaged gz file"),
        ("t.zip", b"PK\3\4", "is a damaged zip file"),
    ],
)
def test_damaged_archives_are_refused_in_one_line(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=message) as raised:
        read_table(tmp_path / name)
    assert "\n" not in str(raised.value)


def test_archives_without_a_table_and_bombs_are_refused(tmp_path, monkeypatch):
    with pytest.raises(DataError, match=r"t\.zip: has no table, but map\.pdf, map\.shp; tables are \.csv"):
        read_table(zipped(tmp_path / "t.zip", {"map.pdf": "", "map.shp": ""}))
    monkeypatch.setattr(archive, "MAX_UNPACKED", 3 << 20)
    (tmp_path / "t.csv.gz").write_bytes(gzip.compress(b"a,b\n" * (1 << 20)))
    with pytest.raises(DataError, match=r"would decompress to more than 3 MB; refused, unpack it first"):
        read_table(tmp_path / "t.csv.gz")
    with pytest.raises(DataError, match="would decompress to more than 3 MB"):
        read_table(zipped(tmp_path / "t.zip", {"t.csv": b"a,b\n" * (1 << 20)}))


@pytest.mark.parametrize(
    ("given", "named", "file"),
    [
        ("https://example.org/data/ged.csv?key=1", "https://example.org/data/ged.csv?key=1", "ged.csv"),
        ("s3://bucket/events.parquet", "s3://bucket/events.parquet", "events.parquet"),
        ("HTTP://example.org", "HTTP://example.org", "example.org"),
    ],
)
def test_an_address_has_to_be_downloaded_first(given, named, file):
    with pytest.raises(UsageError) as raised:
        read_table(given)
    assert str(raised.value) == f"{named}: is an address; geo reads files: download it first, then give {file}"
