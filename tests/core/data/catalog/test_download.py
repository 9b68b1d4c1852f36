"""Downloads from a server of the test's own, which breaks off, starts over, lies and is not there."""

import hashlib
import io
import json
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from core.cli import main
from core.data.catalog import catalog as module
from core.data.catalog.catalog import CATALOG, catalog_folder, download, is_downloaded, list_downloaded
from core.data.catalog.download import fetch
from core.data.catalog.entry import CatalogEntry, RemoteFile
from core.data.catalog.unpack import unpack
from core.data.sources import open_dataset
from core.errors import Cancelled, InputError
from core.files import held_alone
from tests.core.data.catalog.layouts import fashion_mnist, omniglot


@dataclass
class Site:
    """What the server has, and how it behaves."""

    files: dict[str, bytes] = field(default_factory=dict)
    address: str = ""
    ranges: bool = True
    break_after: int | None = None
    """Bytes after which a connection is cut."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Name and range of each request."""

    def file(self, name: str, content: bytes) -> RemoteFile:
        self.files[name] = content
        digest = hashlib.sha256(content).hexdigest()
        return RemoteFile(f"{self.address}/{name}", name, f"sha256:{digest}", len(content))


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name, wanted = self.path.lstrip("/"), self.headers.get("Range", "")
            found.asked.append((name, wanted))
            if name not in found.files:
                self.send_error(404, "Not Found")
                return
            content = found.files[name]
            start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and found.ranges else 0
            if wanted and found.ranges and start >= len(content):
                self.send_error(416)
                return
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            end = len(content) if found.break_after is None else start + found.break_after
            self.wfile.write(content[start:end])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    found.address = f"http://127.0.0.1:{server.server_port}"
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("METRIC_EXPLORER_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def zipped(folder: Path, part: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in sorted((folder / part).rglob("*.png")):
            archive.write(path, path.relative_to(folder))
    return content.getvalue()


@pytest.fixture
def characters(site: Site, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CatalogEntry:
    """Omniglot, but small and from this server."""
    original = omniglot(tmp_path / "original")
    files = tuple(
        site.file(f"{part}.zip", zipped(original, part)) for part in ("images_background", "images_evaluation")
    )
    entry = replace(CATALOG["omniglot"], files=files)
    monkeypatch.setitem(module.CATALOG, "omniglot", entry)
    return entry


def unseen(*_: object) -> None:
    pass


# --- a file


def test_a_file_comes_piece_by_piece(site: Site, tmp_path: Path) -> None:
    content = bytes(range(256)) * 4096
    seen: list[int] = []
    path = fetch(site.file("a.bin", content), tmp_path, seen.append)
    assert path.read_bytes() == content
    assert seen == sorted(seen)
    assert (seen[0], seen[-1], len(seen) > 3) == (0, len(content), True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.bin"]


@pytest.mark.parametrize("ranges", [True, False])
def test_a_connection_that_breaks_off_is_told_and_gone_on_with(site: Site, tmp_path: Path, ranges: bool) -> None:
    content = bytes(range(256)) * 4096
    file = site.file("a.bin", content)
    site.ranges, site.break_after = ranges, 600_000
    with pytest.raises(InputError, match=r"a\.bin: the connection to 127\.0\.0\.1 was lost .*; 1 MB are kept"):
        fetch(file, tmp_path, unseen)
    site.break_after = None
    assert fetch(file, tmp_path, unseen).read_bytes() == content
    assert [wanted for _, wanted in site.asked] == ["", "bytes=600000-"]


def test_a_cancelled_download_goes_on_where_it_was(site: Site, tmp_path: Path) -> None:
    content = bytes(range(256)) * 4096
    file = site.file("a.bin", content)

    def cancel(there: int) -> None:
        if there > 500_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(file, tmp_path, cancel)
    kept = (tmp_path / "a.bin.part").stat().st_size
    assert 500_000 < kept < len(content)
    assert fetch(file, tmp_path, unseen).read_bytes() == content
    assert site.asked[-1] == ("a.bin", f"bytes={kept}-")


def test_a_whole_file_that_was_not_renamed_yet(site: Site, tmp_path: Path) -> None:
    file = site.file("a.bin", b"whole")
    (tmp_path / "a.bin.part").write_bytes(b"whole")
    assert fetch(file, tmp_path, unseen).read_bytes() == b"whole"


def test_another_content_than_stated_is_deleted(site: Site, tmp_path: Path) -> None:
    file = site.file("a.bin", b"good")
    site.files["a.bin"] = b"evil"
    with pytest.raises(InputError, match="what came is not the file that was stated"):
        fetch(file, tmp_path, unseen)
    assert list(tmp_path.iterdir()) == []
    site.files["a.bin"] = b"good"
    assert fetch(file, tmp_path, unseen).read_bytes() == b"good"


def test_what_the_server_has_not(site: Site, tmp_path: Path) -> None:
    file = RemoteFile(f"{site.address}/none.bin", "none.bin", "md5:0", 1)
    with pytest.raises(InputError, match=r"none\.bin: the server answers 404 Not Found$"):
        fetch(file, tmp_path, unseen)


def test_offline(tmp_path: Path) -> None:
    file = RemoteFile("http://127.0.0.1:9/a.bin", "a.bin", "md5:0", 1)
    with pytest.raises(InputError, match=r"^a\.bin: no connection to 127\.0\.0\.1 \(connection refused\)$"):
        fetch(file, tmp_path, unseen)


def test_files_of_this_machine_are_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="only http and https"):
        fetch(RemoteFile("file:///etc/hosts", "hosts", "md5:0", 1), tmp_path, unseen)


# --- archives


def tarred(*members: tuple[str, bytes], link: tuple[str, str] | None = None) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        if link is not None:
            info = tarfile.TarInfo(link[0])
            info.type, info.linkname = tarfile.SYMTYPE, link[1]
            archive.addfile(info)
    return content.getvalue()


def test_archives_are_unpacked(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "a.tgz").write_bytes(tarred(("x/1.txt", b"one"), ("x/2.txt", b"two")))
    seen: list[float] = []
    unpack(tmp_path / "a.tgz", tmp_path / "out", seen.append)
    assert (tmp_path / "out" / "x" / "2.txt").read_bytes() == b"two"
    assert all(0 <= share <= 1 for share in seen)


@pytest.mark.parametrize(
    "bad",
    [tarred(("../evil.txt", b"x")), tarred(link=("l", "/etc/passwd")), b"no archive at all"],
    ids=["leads-out", "link", "none"],  # an id made of the bytes would hold the second in which they were packed
)
def test_archives_that_lead_out_or_are_none(tmp_path: Path, bad: bytes) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "a.tgz").write_bytes(bad)
    with pytest.raises(InputError, match=r"^a\.tgz: cannot be unpacked \("):
        unpack(tmp_path / "a.tgz", tmp_path / "out", unseen)
    assert not (tmp_path / "evil.txt").exists()
    assert list((tmp_path / "out").iterdir()) == []


def test_a_zip_that_leads_out_stays_in(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../evil.txt", "x")
    (tmp_path / "out").mkdir()
    unpack(tmp_path / "a.zip", tmp_path / "out", unseen)
    assert not (tmp_path / "evil.txt").exists()
    assert (tmp_path / "out" / "evil.txt").exists()


def test_a_truncated_archive(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "a.tgz").write_bytes(tarred(("1.txt", bytes(range(256)) * 1000))[:-200])
    with pytest.raises(InputError, match=r"a\.tgz: cannot be unpacked"):
        unpack(tmp_path / "a.tgz", tmp_path / "out", unseen)


# --- a data set


def test_a_data_set_is_there_whole_or_not_at_all(site: Site, folder: Path, characters: CatalogEntry) -> None:
    with pytest.raises(
        InputError, match=r"not downloaded yet; `metric-explorer download omniglot` fetches .*licence: MIT"
    ):
        open_dataset("omniglot")
    seen: list[tuple[str, float]] = []
    assert download("omniglot", lambda what, share: seen.append((what, share))) == folder / "omniglot"
    shares = [share for _, share in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert [path.name for path in folder.iterdir()] == ["omniglot"]
    dataset = open_dataset("omniglot")
    assert len(dataset.samples) == 18
    asked = len(site.asked)
    download("omniglot", unseen)  # it is there
    assert len(site.asked) == asked


@pytest.mark.parametrize("share", [0.3, 0.6, 0.93, 0.97])
def test_cancelled_anywhere_it_can_be_gone_on_with(folder: Path, characters: CatalogEntry, share: float) -> None:
    def cancel(what: str, done: float) -> None:
        if done >= share:
            raise Cancelled

    with pytest.raises(Cancelled):
        download("omniglot", cancel)
    assert not is_downloaded("omniglot")
    assert (folder / "omniglot.part").is_dir()
    download("omniglot", unseen)
    assert len(list_downloaded("omniglot").samples) == 18
    assert not (folder / "omniglot.part").exists()


def test_single_packed_files(site: Site, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = fashion_mnist(tmp_path / "original", packed=True)
    files = tuple(site.file(path.name, path.read_bytes()) for path in sorted(original.iterdir()))
    monkeypatch.setitem(module.CATALOG, "fashion-mnist", replace(CATALOG["fashion-mnist"], files=files))
    download("fashion-mnist", unseen)
    assert len(open_dataset("fashion-mnist").samples) == 30


def test_two_at_once(folder: Path, characters: CatalogEntry) -> None:
    (folder / "omniglot.part").mkdir(parents=True)
    with (
        held_alone(folder / "omniglot.part"),
        pytest.raises(InputError, match="another process downloads it"),
    ):
        download("omniglot", unseen)


def test_no_room(folder: Path, characters: CatalogEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = replace(characters, files=(replace(characters.files[0], size=10**15),))
    monkeypatch.setitem(module.CATALOG, "omniglot", huge)
    with pytest.raises(InputError, match=r"omniglot needs 2200000\.0 GB of room, found"):
        download("omniglot", unseen)


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("METRIC_EXPLORER_DATA", str(tmp_path / "file"))
    with pytest.raises(InputError, match="cannot be made"):
        download("omniglot", unseen)


def test_where_data_sets_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("METRIC_EXPLORER_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert catalog_folder() == tmp_path / "metric-explorer" / "data"


# --- the command


def test_the_command(characters: CatalogEntry, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["download", "omniglot", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"name": "omniglot", "folder": str(folder / "omniglot")}
    assert main(["download"]) == 0
    text = capsys.readouterr().out
    assert "omniglot      Omniglot; downloaded" in text
    assert "oxford-pet    Oxford-IIIT Pet; 811 MB to fetch" in text
    assert "licence: CC BY-SA 4.0" in text
    assert main(["download", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["lfw"]["downloaded"] is False
    assert main(["download", "imagenet"]) == 2
    assert "no data set of the catalog (cub-200-2011, fashion-mnist" in capsys.readouterr().err
