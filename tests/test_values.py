"""Single values: what is taken as it was meant, and what is no such thing."""

import pytest
from pydantic import BaseModel, ValidationError

from macros.data.values import Clock, Email, Phone, Price


class Told(BaseModel):
    phone: Phone | None = None
    email: Email | None = None
    clock: Clock | None = None
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
