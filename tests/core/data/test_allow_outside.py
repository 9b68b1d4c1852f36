"""Images outside the data folder: refused, unless somebody allows them."""

from pathlib import Path

import pytest
from PIL import Image

from core.config import make_config
from core.data.dataset import Dataset
from core.data.named_images import NamedImages
from core.data.sources import configured_dataset, list_dataset
from core.errors import InputError


def draw(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 8), (200, 30, 30)).save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with images, and another one beside it."""
    for name in ("data/a.png", "data/b.png", "elsewhere/c.png", "elsewhere/d.png", "elsewhere/m.png"):
        draw(tmp_path / name)
    return tmp_path / "data"


def allowed(data: Path) -> Dataset:
    return configured_dataset(make_config({"data": str(data), "allow_outside": True}))


def test_a_manifest_may_name_them_where_they_are_allowed(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    manifest = folder / "list.csv"
    manifest.write_text(f"image,label,mask\na.png,x,\n../elsewhere/c.png,y,../elsewhere/m.png\n{elsewhere}/d.png,y,\n")
    with pytest.raises(InputError) as refused:
        list_dataset(str(manifest))
    assert str(refused.value) == (
        f"{manifest}, line 3: image must lie in the folder of the file, found '../elsewhere/c.png'; "
        "to read it all the same, set allow_outside=true"
    )
    found = allowed(manifest)
    assert [sample.id for sample in found.samples] == ["../elsewhere/c.png", "../elsewhere/d.png", "a.png"]
    assert [Path(str(sample.image)).resolve() for sample in found.samples] == [
        elsewhere / "c.png",
        elsewhere / "d.png",
        folder / "a.png",
    ]
    assert found.samples[0].mask is not None


def test_an_image_stands_once_however_it_is_written(folder: Path) -> None:
    manifest = folder / "list.csv"
    manifest.write_text(f"image,label\n../elsewhere/c.png,x\n{folder.parent / 'elsewhere' / 'c.png'},y\n")
    with pytest.raises(InputError, match=r"line 3: \.\./elsewhere/c\.png must stand once, found it in line 2 too"):
        list_dataset(str(manifest), allow_outside=True)


def test_a_list_of_pairs_may_name_them_too(folder: Path) -> None:
    pairs = folder / "pairs.csv"
    pairs.write_text("image_a,image_b,same\na.png,../elsewhere/c.png,1\nb.png,../elsewhere/d.png,0\n")
    with pytest.raises(InputError, match=r"image_b must lie in the folder .*; to read it all the same, set allow_o"):
        list_dataset(str(pairs))
    assert {sample.id for sample in allowed(pairs).samples} >= {"../elsewhere/c.png", "../elsewhere/d.png"}


def test_links_of_a_folder_are_followed_where_that_is_allowed(tmp_path: Path) -> None:
    root = tmp_path / "data"
    for name in ("data/images/cat/a.png", "data/images/dog/a.png", "out/fox/a.png", "out/masks/cat/a.png"):
        draw(tmp_path / name)
    (root / "images" / "fox").symlink_to(tmp_path / "out" / "fox")
    (root / "images" / "cat" / "link.png").symlink_to(tmp_path / "out" / "fox" / "a.png")
    (root / "masks").symlink_to(tmp_path / "out" / "masks")
    (tmp_path / "groups.csv").write_text("image,group\ncat/a.png,one\n")
    (root / "groups.csv").symlink_to(tmp_path / "groups.csv")
    refused = list_dataset(str(root))
    assert refused.classes == ("cat", "dog")
    assert {problem.where for problem in refused.problems} == {"fox", "cat/link.png", "masks", "groups.csv"}
    assert all(problem.reason.endswith("set allow_outside=true") for problem in refused.problems)
    found = allowed(root)
    assert found.classes == ("cat", "dog", "fox")
    assert found.problems == ()
    assert [sample.id for sample in found.samples if sample.mask is not None] == ["cat/a.png"]


@pytest.mark.parametrize(
    "written",
    [
        "../../../../../../etc",
        "/dev/zero",
        "/proc/self/mem",
        "../nobody\0.png",
        "..",
        "/",
        "\u202e../x.png",
        "../" * 3_000,
    ],
    ids=["a folder", "device", "process", "zero byte", "parent", "root", "turned round", "long"],
)
def test_hostile_names_are_no_images_where_images_may_lie_outside(folder: Path, written: str) -> None:
    images = NamedImages(folder, allow_outside=True)
    name = images.id_of(written)
    assert name is not None
    assert list(images.missing) == [name]
    assert images.files == {}


def test_nothing_is_allowed_unless_somebody_says_so(folder: Path) -> None:
    assert make_config({"data": str(folder)}).allow_outside is False
    assert make_config({"data": str(folder), "allow_outside": "true"}).allow_outside is True
    with pytest.raises(InputError, match="allow_outside"):
        make_config({"data": str(folder), "allow_outside": "perhaps"})
