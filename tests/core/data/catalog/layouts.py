"""Small data sets in the layouts that their publishers use."""

import gzip
import struct
from pathlib import Path

import numpy as np
from PIL import Image


def picture(path: Path, shade: int, mode: str = "RGB", size: int = 8) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.full((size, size, 3), shade, np.uint8)).convert(mode).save(path)


def oxford_pet(folder: Path) -> Path:
    """3 breeds of 3 animals; upper-case names are cats."""
    lines = ["#Image CLASS-ID SPECIES BREED ID", "#ID: 1:37 Class ids"]
    for breed_id, breed in enumerate(("Abyssinian", "american_bulldog", "Bengal"), 1):
        for number in (1, 2, 10):
            name = f"{breed}_{number}"
            lines.append(f"{name} {breed_id} 1 1")
            picture(folder / "images" / f"{name}.jpg", 20 * breed_id + number)
            trimap = np.full((8, 8), 2, np.uint8)
            trimap[2:6, 2:6], trimap[3:5, 3:5] = 3, 1
            mask = folder / "annotations" / "trimaps" / f"{name}.png"
            mask.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(trimap).save(mask)
    (folder / "images" / "Abyssinian_1.mat").write_bytes(b"MATLAB")  # as the original has some
    (folder / "annotations" / "list.txt").write_text("\n".join(lines) + "\n")
    return folder


def cub(folder: Path) -> Path:
    """2 species of 3 birds."""
    root = folder / "CUB_200_2011"
    root.mkdir(parents=True)
    species = ("001.Black_footed_Albatross", "002.Laysan_Albatross")
    images = [
        (f"{name}/{name[4:]}_{number:04}.jpg", label) for label, name in enumerate(species) for number in (1, 2, 3)
    ]
    (root / "classes.txt").write_text("".join(f"{i} {name}\n" for i, name in enumerate(species, 1)))
    (root / "images.txt").write_text("".join(f"{i} {path}\n" for i, (path, _) in enumerate(images, 1)))
    (root / "image_class_labels.txt").write_text("".join(f"{i} {k + 1}\n" for i, (_, k) in enumerate(images, 1)))
    for place, (path, _) in enumerate(images):
        picture(root / "images" / path, 10 * place)
        votes = np.repeat(np.array([[0, 51, 102, 153, 204, 255, 255, 255]], np.uint8), 8, axis=0)
        mask = folder / "segmentations" / Path(path).with_suffix(".png")
        mask.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(votes).save(mask)
    return folder


def omniglot(folder: Path) -> Path:
    """2 alphabets to train on and one that is held out, 2 characters each, by 3 people."""
    parts = {"images_background": ("Alphabet_of_the_Magi", "Greek"), "images_evaluation": ("Angelic",)}
    number = 0
    for part, alphabets in parts.items():
        for alphabet in alphabets:
            for character in ("character01", "character02"):
                number += 1
                for person in (1, 2, 3):
                    path = folder / part / alphabet / character / f"{number:04}_{person:02}.png"
                    picture(path, 255 * (person % 2), "1", 105)
    return folder


def lfw(folder: Path) -> Path:
    """2 people with several photographs, one with a single one."""
    for person, count in {"Aaron_Peirsol": 4, "Zico": 3, "Aaron_Eckhart": 1}.items():
        for number in range(1, count + 1):
            picture(folder / "lfw_funneled" / person / f"{person}_{number:04}.jpg", 20 * number)
    (folder / "lfw_funneled" / "pairs_01.txt").write_text("as in the archive\n")
    return folder


def fashion_mnist(folder: Path, packed: bool = False) -> Path:
    """20 images to train on and 10 held out, as IDX files."""
    folder.mkdir(parents=True, exist_ok=True)
    for part, count in {"train": 20, "t10k": 10}.items():
        labels = np.arange(count, dtype=np.uint8) % 10
        images = np.broadcast_to(labels[:, None, None] * 25, (count, 28, 28)).astype(np.uint8)
        for kind, values in {"images-idx3": images, "labels-idx1": labels}.items():
            header = struct.pack(f">BBBB{values.ndim}I", 0, 0, 8, values.ndim, *values.shape)
            path = folder / f"{part}-{kind}-ubyte"
            content = header + values.tobytes()
            if packed:
                path.with_name(path.name + ".gz").write_bytes(gzip.compress(content, mtime=0))
            else:
                path.write_bytes(content)
    return folder


LAYOUTS = {
    "oxford-pet": oxford_pet,
    "cub-200-2011": cub,
    "omniglot": omniglot,
    "lfw": lfw,
    "fashion-mnist": fashion_mnist,
}
