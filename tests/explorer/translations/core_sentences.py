"""What core says to a person, found in its code; `python -m tests.explorer.translations.update` keeps it.

Core knows no Qt and speaks English. Each of its texts is taken as a template with numbered holes, `{0}: cannot be read
({1})`; at run time `explorer.core_words` finds a sentence's template again and says its translation.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

LEFT_OUT = (
    "cli.py",
    "cli_text.py",
    "commands/",
    "doctor.py",
    "evaluation_text.py",
    "export/description.py",
    "export/onnx_example.py",
    "export/report/",
    "gallery/rows.py",
    "model_description.py",
    "tensorboard.py",
)
"""What only the command line and files say; those stay English."""
COMPUTING = ("distances.py", "evaluation/", "losses/", "mining/", "models/", "projection/", "training/")
"""Where a ValueError is a mistake of the program, not of the person."""
SILENT_CALLS = re.compile(
    r"^(log|_log|logger|re|db|connection|ctypes|warnings\.filterwarnings)\b|^(Chart|LossSpec|SettingSpec)$"
)
"""What takes texts that nobody reads in the window."""
SILENT_KEYWORDS = frozenset(
    (
        "about",
        "class_",
        "description",
        "help",
        "label",
        "licence",
        "margin_help",
        "margin_label",
        "name",
        "source",
        "title",
    )
)
"""What the window translates where it shows it (`update.core_texts`), names, and the help of the command line."""
VALUES = frozenset(("file", "folder", "id", "image", "key", "line", "name", "number", "path", "step", "url", "value"))
"""Names of what stands in a text as it is."""
SENTENCES = frozenset(
    (
        "cure",
        "error",
        "fault",
        "message",
        "more",
        "problem",
        "reason",
        "rule",
        "said",
        "seen",
        "shortage",
        "strerror",
        "told",
        "what",
    )
)
"""Names of what is a text of core itself."""
NOT_SAID = frozenset(
    (
        ".heic .heif .jxl .svg .psd .xcf .tga .ico .eps .exr .hdr .dng .raw .cr2 .cr3 .nef .arw",
        ".jpg .jpeg .jpe .jfif .png .gif .bmp .tif .tiff .webp .ppm .pgm .pbm .pnm .avif .jp2 .j2k",
        " and ",
        " or ",
        "Application Support",
        "Broken pipe",
        "No working C++ compiler",
        "RGB in 0..1, made of a file as 'preprocessing' says",
        "Traceback (most recent call last)",
        "Value error, ",
        "can't allocate memory",
        "cannot allocate memory",
        "could not create a primitive",
        "images of noise, since the data set is not at hand",
        "images of the data set",
        "metric-explorer bundle",
        "metric-explorer checkpoint 1",
        "metric-explorer distance 1",
        "metric-explorer onnx",
        "of the 'classes'; softmax gives probabilities",
        "onnection closed",
        "onnection reset",
        "out of memory",
        "probability of foreground, in 0..1",
        "python -m core",
        "the model knows no classes",
        "the model was trained without masks",
        "unit length; compared by 'distance'",
    )
)
"""Words for files and other programs."""
SINGLE_WORDS = frozenset(("exact", "mask", "none", "nothing"))
"""Texts of one word that are put into others; other words by themselves are names and values."""
FOREIGN = (
    "directory not empty",
    "file exists",
    "file name too long",
    "input should be a valid boolean, unable to interpret input",
    "input should be a valid integer, unable to parse string as an integer",
    "input should be a valid number, unable to parse string as a number",
    "input should be greater than or equal to {0}",
    "input should be greater than {0}",
    "input should be less than or equal to {0}",
    "input should be less than {0}",
    "input should be {0}",
    "input/output error",
    "is a directory",
    "no space left on device",
    "no such file or directory",
    "not a directory",
    "permission denied",
    "read-only file system",
    "too many open files",
)
"""What Python and pydantic say most often within core's texts."""
_FRAME = re.compile(r"[:;,(] \(?\)?| \(\)|; |\.|[:;,] [:;,] ")
_FEWEST_LETTERS = 4
"""Of what always stands in a text that is filled: 'no {0}' would fit what is none of core's."""
_FIELD = re.compile(r"\{(\w*)\}")
_TEXT = re.compile(r"[^\W\d_]{2,}")

Part = str | ast.expr
"""A piece of a text: what always stands there, or what is put in."""


@dataclass
class Template:
    """A text of core."""

    source: str
    """With numbered holes, as `str.format` takes it."""
    speaking: set[int] = field(default_factory=set)
    """Holes that may hold a text of core; others hold values, which stay as they are."""


def templates(root: Path) -> list[Template]:
    """Every text of core that can reach the window, in the order of their sources; `root` is the package's folder."""
    found = {source: Template(source) for source in FOREIGN}
    for path in sorted(root.rglob("*.py")):
        place = path.relative_to(root).as_posix()
        if place.startswith(LEFT_OUT):
            continue
        module = Module(path.read_text(encoding="utf-8"), computes=place.startswith(COMPUTING))
        for template in module.templates():
            found.setdefault(template.source, template).speaking.update(template.speaking)
    return [found[source] for source in sorted(found)]


class Module:
    """One module's code, and what its names may stand for."""

    def __init__(self, code: str, *, computes: bool) -> None:
        self._tree = ast.parse(code)
        self._computes = computes
        self._parents = {id(child): node for node in ast.walk(self._tree) for child in ast.iter_child_nodes(node)}
        self._meanings: dict[str, list[ast.expr]] = {}
        self._caught: set[str] = set()
        for node in ast.walk(self._tree):
            self._note(node)

    def templates(self) -> Iterator[Template]:
        """Texts of the module that a person may read."""
        for node in ast.walk(self._tree):
            if isinstance(node, (ast.Constant, ast.JoinedStr, ast.BinOp)) and self._is_spoken(node):
                parts = _merged(_parts(node))
                text = "".join(part for part in parts if isinstance(part, str))
                template = self._template(parts)
                if _is_sentence(text, has_holes=len(parts) > 1) or (_FRAME.fullmatch(text) and template.speaking):
                    yield template

    def _note(self, node: ast.AST) -> None:
        """Remember what a name is given."""
        match node:
            case ast.Assign(targets=[target], value=value):
                names = target.elts if isinstance(target, ast.Tuple) else [target]
                values = value.elts if isinstance(value, ast.Tuple) and len(value.elts) == len(names) else [value]
                for name, given in zip(names, values, strict=False):
                    self._meanings.setdefault(_called(name), []).append(given)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
                self._meanings.setdefault(_called(target), []).append(value)
            case ast.FunctionDef(name=name):
                returns = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return) and inner.value]
                self._meanings.setdefault(name, []).extend(returns)
            case ast.ExceptHandler(name=str(name)):
                self._caught.add(name)

    def _is_spoken(self, node: ast.expr) -> bool:
        """Whether a text is one on its own and can reach a person."""
        parent = self._parents.get(id(node))
        if not _is_text(node) or (isinstance(parent, ast.expr) and _is_text(parent)):
            return False
        if isinstance(parent, (ast.Expr, ast.MatchValue, ast.Compare, ast.Subscript)):
            return False
        child: ast.AST = node
        while parent is not None and not self._is_silent(child, parent):
            child, parent = parent, self._parents.get(id(parent))
        return parent is None

    def _is_silent(self, child: ast.AST, parent: ast.AST) -> bool:
        """Whether what stands in this place of the code is no text for a person."""
        match parent:
            case ast.AnnAssign(annotation=annotation) | ast.arg(annotation=annotation):
                return annotation is child
            case ast.FunctionDef(returns=returns):
                return returns is child
            case ast.keyword(arg=name):
                return name in SILENT_KEYWORDS
            case ast.Call(func=func):
                return SILENT_CALLS.search(ast.unparse(func)) is not None or self._is_mistake(func)
        return False

    def _is_mistake(self, func: ast.expr) -> bool:
        name = ast.unparse(func)
        return name in ("AttributeError", "RuntimeError") or (self._computes and name == "ValueError")

    def _template(self, parts: list[Part]) -> Template:
        source, speaking, hole = "", set(), 0
        for part in parts:
            if isinstance(part, str):
                source += part.replace("{", "{{").replace("}", "}}")
                continue
            source += f"{{{hole}}}"
            if self._may_speak(part):
                speaking.add(hole)
            hole += 1
        return Template(source, speaking)

    def _may_speak(self, node: ast.expr) -> bool:
        """Whether a hole may hold a text of core."""
        if _called(node) in VALUES:
            return False
        return _called(node) in SENTENCES | self._caught or any(
            isinstance(text, ast.JoinedStr) or (isinstance(text, ast.Constant) and _TEXT.search(str(text.value)))
            for text in self._texts(node)
        )

    def _texts(self, node: ast.expr, seen: frozenset[str] = frozenset()) -> Iterator[ast.expr]:
        """Texts that an expression may stand for, as far as its module tells."""
        name = _called(node)
        match node:
            case ast.JoinedStr() | ast.Constant(value=str()):
                yield node
            case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, op=ast.Add(), right=other):
                yield from (*self._texts(one, seen), *self._texts(other, seen))
            case ast.BoolOp(values=nodes) | ast.Dict(values=nodes) | ast.Tuple(elts=nodes) | ast.List(elts=nodes):
                for each in nodes:
                    yield from self._texts(each, seen)
            case ast.Subscript(value=value):
                yield from self._texts(value, seen)
            case ast.Name() | ast.Attribute() | ast.Call() if name not in seen | VALUES:
                for each in self._meanings.get(name, ()):
                    yield from self._texts(each, seen | {name})


def _called(node: ast.AST) -> str:
    """The name by which an expression is known: of a call the function's, of `str(x)` that of x."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=ast.Name(id="str" | "describe" | "printable"), args=[inner]) | ast.Subscript(value=inner):
            return _called(inner)
        case ast.Call(func=ast.Attribute(value=inner, attr="lower" | "upper" | "rstrip" | "strip")):
            return _called(inner)
        case ast.Call(func=func):
            return _called(func)
    return ""


def _is_sentence(text: str, *, has_holes: bool) -> bool:
    """Whether what always stands in a text are words for a person, rather than a file's name or a pattern."""
    return (
        _TEXT.search(text) is not None
        and (not has_holes or sum(map(str.isalpha, text)) >= _FEWEST_LETTERS or ":" in text or "," in text)
        and " " in text
        and re.search(r"\n|^  |\\|tensor_|^[+]", text) is None
        and text not in NOT_SAID
    ) or text in SINGLE_WORDS


def _is_text(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _is_text(left) or _is_text(right)
    return False


def _parts(node: ast.expr) -> list[Part]:
    match node:
        case ast.Constant(value=str(text)):  # one that is filled by name elsewhere has its holes in itself
            pieces = _FIELD.split(text)
            return [piece if place % 2 == 0 else ast.Name(piece) for place, piece in enumerate(pieces)]
        case ast.JoinedStr(values=values):
            return [_piece(value) for value in values]
        case ast.BinOp(left=left, right=right) if _is_text(node):
            return [*_parts(left), *_parts(right)]
    return [node]


def _piece(value: ast.expr) -> Part:
    match value:
        case ast.Constant(value=str(text)):
            return text
        case ast.FormattedValue(value=inner, conversion=conversion, format_spec=spec):
            return ast.Constant(0) if conversion != -1 or spec is not None else inner  # a figure or a quoted value
    raise TypeError(f"a part of a text is a literal or a hole, found {ast.dump(value)}")


def _merged(parts: Iterable[Part]) -> list[Part]:
    """The parts with neighbours joined: literals, and the two pieces of a sentence whose first letter is changed."""
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, str) and isinstance(last, str):
            merged[-1] = last + part
        elif isinstance(part, ast.Subscript) and isinstance(last, ast.expr) and _called(part) == _called(last):
            merged[-1] = part
        elif part != "":
            merged.append(part)
    return merged
