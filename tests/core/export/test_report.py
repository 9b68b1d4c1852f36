"""The model report: what it tells, that nothing in it can harm, and how a browser shows it."""

import json
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core.errors import Cancelled, InputError
from core.evaluation.confusions import IdentityConfusion
from core.export.report import ReportContent, page, write_report
from core.export.report.content import SettingsChange, gather
from core.run_content import Exclusion, ThresholdChoice
from core.runs import Run
from tests.core.export.chromium import CHROMIUM, look_at

HOSTILE = '<script>alert("x")</script><img src=http://example.org/a.png onerror=1>\u202e&amp;\x00'


@pytest.fixture(scope="module")
def run(trained, tmp_path_factory) -> Run:
    """A copy whose settings were changed once; the order of its events is that of training."""
    folder = tmp_path_factory.mktemp("runs") / "told"
    shutil.copytree(trained.path, folder)
    copy = Run.open(folder)
    old = copy.config.hyperparameters
    copy.append_event(
        "hyperparameters", 4, old=old.model_dump(), new=old.model_copy(update={"margin": 0.35}).model_dump()
    )
    copy.save_exclusions(
        [Exclusion(sample=copy.samples().ids[0], reason="wrong label", at="2026-11-22T10:00:00+00:00")]
    )
    return copy


@pytest.fixture(scope="module")
def content(run) -> ReportContent:
    return gather(run, lambda stage, share: None)


class Reader(HTMLParser):
    """Tags, attributes and text of a page; fails where tags do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data + "\n"


def test_it_tells_what_the_evaluation_found(content) -> None:
    told = Reader(page(content)).text
    measured = content.measured
    for words in (
        f"{measured.report.auc:.4f}",
        f"{100 * measured.report.eer:.2f}\u00a0%",
        f"{content.threshold:.4f}",
        f"{measured.curve.genuine_pairs:,} genuine, {measured.curve.impostor_pairs:,} impostor",
        "closed set: classes are known",
        "In force: EER, by default",
        "48: 32 for training, 16 held out",
        "small, 8 dimensions, 16 x 16 pixels",
        "An interval needs at least 20 identities, found 4",
        "wrong label",
        "0.35",
    ):
        assert words in told, words


def test_errors_by_identity_by_hand(content) -> None:
    pairs = (IdentityConfusion(0, 0, 3, 6), IdentityConfusion(0, 2, 4, 16), IdentityConfusion(2, 2, 5, 6))
    found = replace(content, confusions=(*pairs, IdentityConfusion(1, 2, 1, 16))).identities()
    assert [(one.name, one.rejected, one.genuine_pairs, one.accepted) for one in found] == [
        ("square", 5, 6, 5),
        ("circle", 3, 6, 4),
        ("cross", 0, 0, 1),
    ]
    assert found[0].rejected_share == 5 / 6


def test_changes_and_exclusions_are_read_from_the_run(content, run) -> None:
    at = next(line["at"] for line in run.events() if line["event"] == "hyperparameters")
    assert content.changes == (SettingsChange(4, at, "margin", "0.2", "0.35"),)
    assert content.exclusions == run.exclusions()


def test_it_needs_nothing_from_elsewhere(content) -> None:
    read = Reader(page(content))
    assert {tag for tag, _ in read.tags} & {"script", "link", "iframe", "img", "object", "image", "use"} == set()
    for _, attributes in read.tags:
        assert attributes.keys() & {"src", "href", "srcset", "action"} == set()
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in page(content)
    assert "@import" not in page(content)


def test_it_can_be_read_without_seeing_it(content) -> None:
    read = Reader(page(content))
    levels = [tag for tag, _ in read.tags if tag in ("h1", "h2", "h3")]
    assert levels[0] == "h1"
    assert levels.count("h1") == 1
    assert len(levels) > 6
    for tag, attributes in read.tags:
        if tag == "svg":
            assert attributes["role"] == "img"
            assert len(attributes["aria-label"]) > 30
        if tag == "th":
            assert attributes["scope"] in ("row", "col")
    assert ("html", {"lang": "en"}) in read.tags
    assert [tag for tag, _ in read.tags].count("caption") == [tag for tag, _ in read.tags].count("table")


def test_names_can_do_no_harm(content) -> None:
    """Whatever a class, an image, a run or a reason is called."""
    measured = replace(content.measured, class_names=tuple(f"{HOSTILE}{n}" for n in range(4)))
    spoilt = replace(
        content,
        measured=measured,
        exclusions=(Exclusion(sample=HOSTILE, reason=HOSTILE, at=HOSTILE),),
        changes=(SettingsChange(4, HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        confusions=(IdentityConfusion(0, 0, 1, 3), IdentityConfusion(0, 1, 2, 9)),
    )
    text = page(spoilt)
    read = Reader(text)
    assert "alert" in read.text
    assert {tag for tag, _ in read.tags} & {"script", "img"} == set()
    assert not any(sign in text for sign in "\u202e\x00")


def test_where_it_stands_on_this_machine_is_not_told(content, run) -> None:
    assert str(Path(run.config.data).parent) not in page(content)


def test_the_threshold_of_a_person(content) -> None:
    choice = ThresholdChoice(threshold=0.5, distance="cosine", fpr=None, chosen_by="person", rule="set by hand", step=4)
    told = Reader(page(replace(content, choice=choice))).text
    assert "In force: set by hand, chosen by a person" in told
    assert "The threshold was chosen at step 4, the weights are of step 8" in told
    suggested = Reader(page(replace(content, choice=None))).text
    assert "The run holds no threshold yet; what follows takes the one that these images suggest" in suggested


def test_an_existing_report_stays_unless_forced(run, content, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("core.export.report.gather", lambda run, tell: content)
    (tmp_path / "a.html").write_text("mine")
    with pytest.raises(InputError, match=r"a\.html: exists already"):
        write_report(run, tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text() == "mine"
    write_report(run, tmp_path / "a.html", force=True)
    assert (tmp_path / "a.html").read_text().startswith("<!DOCTYPE html>")
    with pytest.raises(InputError, match=r"none/a\.html: cannot be written"):
        write_report(run, tmp_path / "none" / "a.html")


def test_a_run_whose_images_are_gone(run, tmp_path) -> None:
    shutil.copytree(run.path, tmp_path / "run")
    file = tmp_path / "run" / "run.json"
    content = json.loads(file.read_text())
    content["config"]["data"] = str(tmp_path / "gone")
    file.write_text(json.dumps(content))
    with pytest.raises(InputError, match="gone: no such folder"):
        write_report(Run.open(tmp_path / "run"), tmp_path / "a.html")
    assert not (tmp_path / "a.html").exists()


def test_work_that_is_not_wanted_any_more(run, tmp_path) -> None:
    def stop(stage: str, share: float) -> None:
        if stage != "loading the model":
            raise Cancelled

    with pytest.raises(Cancelled):
        write_report(run, tmp_path / "a.html", watch=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to show the page")
def test_a_browser_shows_it(content, tmp_path) -> None:
    """Nothing cut off or touching its neighbour, no complaint, nothing loaded but the page."""
    long = tuple(f"{name} with a name that goes on {'and on ' * 9}{'x' * 90}" for name in content.measured.class_names)
    file = tmp_path / "report.html"
    file.write_text(page(replace(content, measured=replace(content.measured, class_names=long))), encoding="utf-8")
    sight = look_at(file, tmp_path, width=1100)
    assert sight.console == ()
    assert sight.addresses == set()
    assert sight.badly_placed == ()
    for words in ("Operating points", "Curves and calibration", "In force: EER", long[0]):
        assert words in sight.dom


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here to show the page")
def test_the_browser_sees_what_is_wrong(tmp_path) -> None:
    """Or the test above would show nothing."""
    file = tmp_path / "bad.html"
    text = '<text y="20">one word</text><text x="20" y="20">another</text><text x="390" y="20">beyond</text>'
    svg = f'<svg width="400" height="40">{text}</svg>'
    wide = '<div class="scroll" style="width: 9em; overflow: auto"><table><td>abc_def_ghi_jkl_mno_pqr</table></div>'
    picture = "<img src='http://example.org/a.png'><script>missing()</script>"
    file.write_text(f"<html><body>{svg}{wide}{picture}</body></html>")
    sight = look_at(file, tmp_path, width=800)
    assert any("missing is not defined" in line for line in sight.console)
    assert sight.addresses == {"http://example.org/a.png"}
    assert sight.badly_placed == (
        "scroll abc_def_ghi_jkl_mno_pqr is cut off",
        "one word touches another",
        "beyond leaves its picture",
    )
