"""The order of day and month comes from the whole column, in every block."""

from pathlib import Path

import pandas as pd
import pytest
from event_rows import ACLED
from imported import UCDP, bring_in

from geo.importing.date_orders import DateOrders
from geo.readers import delimited
from geo.readers.blocks import Block
from geo.readers.date_order import decide, order_evidence


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["03/04/2021", "26/08/2021"], "dmy"),
        (["03/04/2021", "08/26/2021"], "mdy"),
        (["03/04/2021", "05/05/2021", "2021-08-26", None], None),
        (["26/08/2021", "08/26/2021"], None),
        (["26/08/21", "03/04/21"], None),
        (["26/08/97", "03/04/98"], "dmy"),
        (["26/08/2021", "03/04/21"], "dmy"),
        (["97/08/26", "97/03/04"], None),
    ],
)
def test_one_day_above_twelve_decides(values: list[str | None], order: str | None) -> None:
    assert decide(order_evidence(values, [1] * len(values))).order == order


def test_a_later_block_decides_for_an_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "BLOCK_ROWS", 2)
    monkeypatch.setattr(delimited, "MAX_ROW", 1000)
    days = ["03/04/2021", "01/02/2021", "05/06/2021", "07/08/2021", "26/08/2021", "26/08/2021"]
    rows = [ACLED | {"event_id_cnty": str(n), "event_date": day} for n, day in enumerate(days)]
    report, records, rejected = bring_in(tmp_path, rows)
    assert rejected == []
    assert records["date_start"].tolist() == [
        "2021-04-03", "2021-02-01", "2021-06-05", "2021-08-07", "2021-08-26", "2021-08-26",
    ]  # fmt: skip
    said = "values of event_date read with the day first, as in all 2 that can be read in one order only"
    assert f"4 {said}" in report.notes


def test_where_the_column_does_not_decide_the_rows_ask(tmp_path: Path) -> None:
    rows = [
        UCDP | {"id": str(n), "date_start": day, "date_end": day} for n, day in enumerate(["03/04/2017", "05/05/2017"])
    ]
    _, records, rejected = bring_in(tmp_path, rows)
    assert records["date_start"].tolist() == ["2017-05-05"]
    assert rejected[0]["rejected_because"].endswith("declare --date-format dmy or mdy")
    _, records, rejected = bring_in(tmp_path, rows, date_format="mdy")
    assert records["date_start"].tolist() == ["2017-03-04", "2017-05-05"]


def test_a_column_is_read_again_only_if_it_has_ambiguous_dates() -> None:
    opened = []

    def reopen() -> list[Block]:
        opened.append(1)
        return [Block(pd.DataFrame({"d": ["26/08/2021"]}, dtype="string"))]

    orders = DateOrders(reopen)
    assert opened == []
    assert [orders.order("d").order, orders.order("d").order, orders.order("e").order] == ["dmy", "dmy", None]
    assert len(opened) == 2


def test_bounds_in_the_wrong_order_are_exchanged(tmp_path: Path) -> None:
    _, records, rejected = bring_in(tmp_path, [UCDP | {"date_start": "2017-08-02"}])
    assert rejected == []
    assert records[["date_start", "date_end", "date_precision"]].iloc[0].tolist() == [
        "2017-07-31",
        "2017-08-02",
        "range",
    ]
    assert records["note"].iloc[0] == "date_start is after date_end (2017-08-02, 2017-07-31), exchanged"
