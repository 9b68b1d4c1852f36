"""That no error of core is shown without having passed through `in_words`."""

import ast
from pathlib import Path

import explorer

ENGLISH = {"app.py", "display.py"}
"""What says errors on the command line, where everything is English."""


def unsaid(code: str) -> list[int]:
    """Lines in which an error that was caught becomes a text by itself."""
    tree = ast.parse(code)
    caught = {node.name for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)}
    said = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "in_words"
        for argument in node.args
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and id(node) not in said and ast.unparse(node.func) in ("str", "describe")
        if any(isinstance(argument, ast.Name) and argument.id in caught for argument in node.args)
    ]


def test_a_text_of_an_error_is_found() -> None:
    code = "try:\n    f()\nexcept ValueError as error:\n    {}"
    assert unsaid(code.format("complain(str(error))")) == [4]
    assert unsaid(code.format("complain(in_words(str(error)))")) == []


def test_every_error_of_core_is_said_in_the_language_of_the_window() -> None:
    root = Path(explorer.__file__).parent
    found = {
        path.relative_to(root).as_posix(): unsaid(path.read_text(encoding="utf-8"))
        for path in root.rglob("*.py")
        if path.name not in ENGLISH
    }
    assert {path: lines for path, lines in found.items() if lines} == {}
