"""What is made for print: tagged PDF files, told with their size, the same at every build."""

import re
import shutil

import pikepdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, loaded, make_project

from macros.adapter.build import build
from macros.data.whose import to_choose_from
from macros.output import printouts

ADDRESS = "https://lillevig.example/plan/"


@pytest.fixture(scope="module")
def files(site):
    found = sorted(site.rglob("*.pdf"))
    data = loaded()
    names = [f"{role.id}-{paper}" for role in data.roles for paper in ("a4", "a5")]
    own = [f"{role.id}-{one.id}" for role in data.roles for one in to_choose_from(data)]
    names += [f"{id}-{paper}" for id in own for paper in ("a4", "a5")]
    names += [f"{strategy.id}-a4" for strategy in data.strategies]
    assert sorted(path.stem for path in found) == sorted(names)
    return found


@pytest.fixture(scope="module")
def placed(tmp_path_factory):
    """The fictional municipality's site with a known address, built twice from nothing."""
    built = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", ADDRESS)
        for name in ("one", "two"):
            folder = make_project(tmp_path_factory.mktemp(name), built=False)
            (folder / printouts.KEPT).unlink()  # shares nothing
            build(folder, folder / "site")
            built.append(folder / "site")
    return built


def test_every_file_is_tagged_titled_danish_and_has_bookmarks_and_its_letters(files):
    for path in files:
        with pikepdf.open(path) as pdf:
            assert pdf.Root.MarkInfo.Marked, path
            assert pdf.Root.StructTreeRoot.K, path
            assert str(pdf.Root.Lang) == "da-DK", path
            assert str(pdf.docinfo.Title), path
            assert pdf.Root.Outlines.Count, path
            fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)]
            fonts = [o for o in fonts if o.get("/Type") == "/FontDescriptor"]
            assert fonts, path
            for font in fonts:
                kept = {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys())
                assert kept, (path, font.FontName)
            assert pdf.check_pdf_syntax() == [], path


def test_a_role_is_one_page_on_either_paper(files):
    cards = {}
    for path in files:
        with pikepdf.open(path) as pdf:
            box = [round(float(side)) for side in pdf.pages[0].mediabox]
            assert box[2:] == ([420, 595] if path.stem.endswith("a5") else [595, 842]), path
            if "hvad-kan-du-goere" in path.parts:
                cards[path.stem] = len(pdf.pages)

    assert cards and cards == dict.fromkeys(cards, 1)


def test_pages_lead_to_the_files_and_say_what_they_are_and_how_large(site, files):
    for path in files:
        page = BeautifulSoup((path.parent / "index.html").read_text(encoding="utf-8"), "html5lib")
        link = page.find("a", href=path.name)
        told = re.search(r"PDF, A[45] \((\d+)\N{NO-BREAK SPACE}kB\)", link.get_text())
        assert int(told[1]) == round(path.stat().st_size / 1000), path
        about = (path.parent.parent / "index.html").read_text(encoding="utf-8")
        assert 'href="print/"' in about, path


def test_two_builds_make_the_same_bytes(placed):
    one, two = placed
    names = [path.relative_to(one) for path in sorted(one.rglob("*.pdf"))]

    assert names
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


def test_a_site_with_an_address_has_codes_to_it(placed):
    page = BeautifulSoup(
        (placed[0] / "hvad-kan-du-goere/beboer/print/index.html").read_text(encoding="utf-8"),
        "html5lib",
    )
    code = page.select_one(".code [role=img]")

    assert code["aria-label"] == "QR-kode til lillevig.example/plan/hvad-kan-du-goere/beboer"
    assert code.find("svg")
    with pikepdf.open(next(placed[0].rglob("beboer-a5.pdf"))) as pdf:
        text = str(pdf.Root.StructTreeRoot.unparse())
        tags = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
        assert any("QR-kode til" in str(tag.Alt) for tag in tags), text[:200]


def test_a_site_without_an_address_says_that_the_code_is_missing(site):
    page = (site / "hvad-kan-du-goere/beboer/print/index.html").read_text(encoding="utf-8")

    assert "Her kommer en QR-kode, når siden har fået en adresse." in page


def test_a_file_is_made_anew_only_when_its_text_changes(project):
    kept = project / printouts.KEPT
    kept.unlink()  # its own from here on, with what others have already made
    shutil.copytree(ROOT / printouts.KEPT, kept, ignore=shutil.ignore_patterns("*.new"))
    build(project, project / "site")
    before = {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}

    build(project, project / "site")

    assert before == {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}

    role = project / "data/roles/beboer.yml"
    role.write_text(
        role.read_text(encoding="utf-8").replace("goddag til", "godaften til"), encoding="utf-8"
    )
    build(project, project / "site")

    after = {path.name: path.stat().st_mtime_ns for path in kept.iterdir()}
    # On two papers, for all municipalities and for the one that says it.
    assert before.items() < after.items() and len(after) == len(before) + 4
    assert not list(kept.glob("*.new"))
