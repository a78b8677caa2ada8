"""Single values: what is taken as it was meant, and what is no such thing."""

from datetime import date

import pytest
from pydantic import BaseModel, ValidationError

from macros.data.values import Clock, Day, Email, Phone, Price


class Told(BaseModel):
    phone: Phone | None = None
    email: Email | None = None
    clock: Clock | None = None
    day: Day | None = None
    price: Price | None = None


@pytest.mark.parametrize(
    "written", ["12345678", "12 34 56 78", "+45 12 34 56 78", "0045 12345678", "12-34-56-78",
                "(12) 34 56 78", "12.34.56.78"],
)  # fmt: skip
def test_a_telephone_number_however_it_is_written(written):
    assert Told(phone=written).phone == "12 34 56 78"


@pytest.mark.parametrize("written", ["1234567", "123456789", "+46 12 34 56 78", "12 34 56 7x"])
def test_what_is_no_danish_telephone_number(written):
    with pytest.raises(ValidationError, match="ikke et dansk telefonnummer"):
        Told(phone=written)


@pytest.mark.parametrize("written", ["kaffe@lillevig.example", "ærø@bølge.dk", "a.b+c@x-y.dk"])
def test_an_email_address(written):
    assert Told(email=written).email == written


@pytest.mark.parametrize("written", ["a..b@x.dk", "a@b", "a b@x.dk", "@x.dk", "x.dk", "a@.dk"])
def test_what_is_no_email_address(written):
    with pytest.raises(ValidationError, match="ikke en mailadresse"):
        Told(email=written)


@pytest.mark.parametrize(
    "written",
    ["2026-12-01", "1.12.2026", "01-12-2026", "1/12/2026", "1. december 2026", "1 dec. 2026"],
)
def test_a_date_as_people_write_it(written):
    assert Told(day=written).day == date(2026, 12, 1)


@pytest.mark.parametrize("written", ["01/11/26", "31. juni 2026", "1. ma 2026", "1. decembre 2026"])
def test_what_is_no_date_or_may_be_two(written):
    with pytest.raises(ValidationError, match="ikke en dato"):
        Told(day=written)
